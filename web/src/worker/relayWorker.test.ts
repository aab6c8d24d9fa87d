import { beforeEach, describe, expect, it } from 'vitest'
import { golden } from '../testing/examples'
import {
  ALL,
  environment,
  lines,
  live,
  look,
  open,
  post,
  range,
  receive,
  shown,
  snapshot,
  startWorker,
  sub,
  view,
  VIEWPORT,
  views,
  WEB,
} from '../testing/logWorker'

beforeEach(startWorker)

describe('a subscription', () => {
  it('sends the request of the golden file', () => {
    open()
    const asked = environment.socket.sent.find((one) => one.type === 'subscribe_logs')!
    const example = JSON.parse(golden('client/subscribe_logs_additive'))
    expect(Object.keys({ ...asked, after: '' }).sort()).toEqual(Object.keys(example).sort())
    expect(asked).toMatchObject({ container: 'edge-1/web', wait: true, lines: 1000 })
    post({ type: 'close', pane: 1 })
    expect(environment.socket.sent.at(-1)).toEqual({
      type: 'unsubscribe_logs',
      container: 'edge-1/web',
      sub: asked.sub,
    })
  })

  it('shows the snapshot and then new lines', () => {
    open()
    snapshot(lines(1, 2))
    look()
    live(lines(3))
    expect(shown()).toEqual(['line 1', 'line 2'])
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3'])
    expect(view()).toMatchObject({ following: true, totalRows: 3, arrived: 1 })
  })

  it('sends a view only after the page has painted the last one', () => {
    open()
    look()
    views.length = 0
    look()
    for (const i of range(0, 50)) live(lines(i))
    expect(views).toHaveLength(1)
    look()
    expect(views).toHaveLength(2)
    expect(view().totalRows).toBe(50)
  })

  it('sends about twenty views per second when many panes are open', () => {
    for (const pane of range(1, 6))
      post({ type: 'open', pane, members: [WEB], filter: ALL, at: null, lines: 1000 })
    snapshot([])
    const lookAt = () => post({ type: 'viewport', pane: 5, viewport: VIEWPORT })
    lookAt()
    lookAt()
    views.length = 0
    for (const i of range(0, 10)) {
      live(lines(i))
      lookAt()
      environment.pass(10)
    }
    expect(views).toHaveLength(2)
    expect(view().totalRows).toBe(10)
    post({ type: 'viewport', pane: 5, viewport: { ...VIEWPORT, height: 20 } })
    expect(views).toHaveLength(3)
  })

  it('ignores frames of other subscriptions', () => {
    open()
    const old = sub()
    environment.socket.receive({
      type: 'new_logs',
      container: 'web',
      controller: 'edge-1',
      sub: 'other',
      logs: lines(1),
      streams: '',
    })
    environment.socket.receive({
      type: 'new_logs',
      container: 'web',
      controller: 'edge-2',
      sub: null,
      logs: lines(1),
      streams: '',
    })
    look()
    expect(shown()).toEqual([])
    environment.socket.receive({
      type: 'new_logs',
      container: 'web',
      controller: '',
      sub: null,
      logs: lines(2),
      streams: '',
    })
    look()
    expect(shown(), `${old}: a v1 relay echoes no sub`).toEqual(['line 2'])
  })
})

describe('after an outage', () => {
  beforeEach(() => {
    open()
    snapshot(lines(1, 2))
    live(lines(3), { cursor: 'c3' })
    environment.socket.fail()
    environment.pass(1000)
    environment.socket.open()
  })

  it('a log resumes exactly after its last line', () => {
    expect(environment.socket.sent.find((one) => one.type === 'subscribe_logs')).toMatchObject({
      after: 'c3',
      wait: true,
    })
    snapshot(lines(4), { resumed: true })
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
  })

  it('a snapshot that does not resume replaces the old lines, so that no line is there twice', () => {
    snapshot(lines(2, 3, 4))
    look()
    expect(shown()).toEqual(['line 2', 'line 3', 'line 4'])
  })

  it('lines that the engine cannot read before the backlog are a gap before it', () => {
    snapshot(lines(8, 9), { more_before: true })
    receive('log_gap', { reason: 'damaged', from: null, to: 'c8', count: null })
    look()
    expect(shown()).toEqual(['<gap>', 'line 8', 'line 9'])
  })

  it('a log that could not resume shows a gap with the reason', () => {
    snapshot(lines(9), { resumed: false })
    receive('log_gap', { reason: 'behind', from: 'c3', to: 'c8', count: 5 })
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3', '<gap>', 'line 9'])
    expect(view().rows[3]!.gap).toEqual({ reason: 'behind', count: 5, fill: 'can', note: null })
  })

  it('a refused log subscribes again when the engine is available', () => {
    environment.socket.receive({
      type: 'error',
      code: 'engine_unavailable',
      message: 'the engine is away',
      container: 'web',
      request: 'subscribe_logs',
      sub: sub(),
    })
    look()
    expect(view().sources[0]).toMatchObject({ refusal: 'the engine is away', ready: true })
    environment.socket.receive({ type: 'engine_status', controller: 'edge-1', available: true })
    look()
    expect(view().sources[0]).toMatchObject({ refusal: null, ready: false })
  })
})
