import { beforeEach, describe, expect, it } from 'vitest'
import { container, frame, golden } from '../../testing/examples'
import { decodeFrame } from '../../protocol/decode'
import { whyEmpty, type Silence } from './emptiness'
import { LogPane } from './pane'
import { LogView } from './view'

let pane: LogPane
let subs: number

beforeEach(() => {
  subs = 0
  pane = new LogPane(
    1,
    { controller: 'edge-1', name: 'web', id: 'x' },
    () => `s${++subs}`,
    () => {},
  )
})

const at = { container: 'web', controller: 'edge-1' }
const lines = (...texts: string[]) => texts.map((text) => `2025-11-25T22:52:30.123456789Z ${text}`)
const snapshot = (sub: string, texts: string[], fields: object = {}) =>
  frame('log_snapshot', {
    ...at,
    sub,
    logs: lines(...texts),
    streams: '',
    cursor: 'c1',
    resumed: null,
    more_before: false,
    ...fields,
  })
const live = (sub: string, texts: string[], cursor = 'c2') =>
  frame('new_logs', { ...at, sub, logs: lines(...texts), streams: '', cursor })
const shown = () => pane.ring.slice().map((row) => (row.kind === 'line' ? row.text : `<${row.kind}>`))

it('asks as the golden file does', () => {
  const example = JSON.parse(golden('client/subscribe_logs_additive'))
  const asked = pane.subscribe()
  expect(Object.keys({ ...asked, after: '' }).sort()).toEqual(Object.keys(example).sort())
  expect(asked).toMatchObject({ container: 'edge-1/web', sub: 's1', wait: true })
  expect(pane.unsubscribe()).toEqual({ type: 'unsubscribe_logs', container: 'edge-1/web', sub: 's1' })
})

it('shows the snapshot and then what is new', () => {
  pane.subscribe()
  pane.take(snapshot('s1', ['a', 'b']))
  pane.take(live('s1', ['c']))
  expect(shown()).toEqual(['a', 'b', 'c'])
  expect(pane.arrived).toBe(1)
})

it('frames of another subscription are not its own', () => {
  pane.subscribe()
  expect(pane.take(snapshot('s0', ['a']))).toBe(false)
  expect(
    pane.take(
      frame('new_logs', { container: 'other', controller: 'edge-1', sub: null, logs: [], streams: '' }),
    ),
  ).toBe(false)
  expect(pane.take(decodeFrame(golden('heartbeat'))!)).toBe(false)
  expect(shown()).toEqual([])
})

it('a v1 relay that echoes no sub is understood', () => {
  pane.subscribe()
  expect(
    pane.take(
      frame('new_logs', {
        container: 'web',
        controller: '',
        sub: null,
        logs: lines('a'),
        streams: '',
        cursor: null,
      }),
    ),
  ).toBe(true)
  expect(shown()).toEqual(['a'])
})

describe('after a reconnection', () => {
  beforeEach(() => {
    pane.subscribe()
    pane.take(snapshot('s1', ['a', 'b']))
    pane.take(live('s1', ['c'], 'c7'))
  })

  it('it asks to go on after the last line', () => {
    expect(pane.subscribe()).toMatchObject({ sub: 's2', after: 'c7', wait: true })
  })

  it('a resumed log goes on without a seam', () => {
    pane.subscribe()
    pane.take(snapshot('s2', ['d'], { resumed: true }))
    expect(shown()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('a snapshot without a promise takes the place of the old lines, so that none is there twice', () => {
    pane.subscribe()
    pane.take(snapshot('s2', ['b', 'c', 'd']))
    expect(shown()).toEqual(['b', 'c', 'd'])
  })

  it('a log that could not be resumed has a gap at the seam', () => {
    pane.subscribe()
    pane.take(snapshot('s2', ['x'], { resumed: false }))
    pane.take(frame('log_gap', { ...at, sub: 's2', reason: 'rotated', from: null, to: null, count: 12 }))
    expect(shown()).toEqual(['a', 'b', 'c', '<gap>', 'x'])
    expect(pane.ring.at(3)).toMatchObject({ reason: 'rotated', count: 12 })
  })

  it('late frames of the old subscription are dropped', () => {
    pane.subscribe()
    expect(pane.take(live('s1', ['z']))).toBe(false)
  })
})

it('what happens to the container stands between the lines', () => {
  pane.subscribe()
  pane.take(snapshot('s1', ['a']))
  const turned = (state: string) =>
    pane.take(frame('log_state', { ...at, sub: 's1', state, at: null, message: null }))
  turned('following')
  turned('stopped')
  turned('restarted')
  turned('restarted')
  expect(shown()).toEqual(['a', '<state>', '<state>', '<state>'])
})

describe('the view', () => {
  let view: LogView

  beforeEach(() => {
    view = new LogView(pane)
    pane.subscribe()
    pane.take(snapshot('s1', ['a', 'b']))
  })

  it('stands still while the reader reads, and counts what comes', () => {
    view.follow(false)
    pane.take(
      live(
        's1',
        Array.from({ length: 30_000 }, (_, i) => `${i}`),
      ),
    )
    expect(view.total).toBe(2)
    expect(view.missed).toBe(30_000)
    expect(view.row(0)).toMatchObject({ number: 0, row: { text: 'a' } })
    view.follow(true)
    expect(view.total).toBe(20_000)
    expect(view.missed).toBe(0)
  })
})

describe('why a log is empty', () => {
  const silence = (fields: Partial<Silence>): Silence => ({
    connected: true,
    ready: true,
    refusal: null,
    state: null,
    stateMessage: null,
    container: container(),
    since: '14:03:22',
    ...fields,
  })

  it.each([
    [{}, 'No log lines yet. Following since 14:03:22.'],
    [{ connected: false }, 'Waiting for the connection.'],
    [{ ready: false }, 'Reading the log…'],
    [{ state: 'unreadable', stateMessage: 'driver none' }, 'This log cannot be read: driver none'],
    [
      { container: container({ status: 'created' }) },
      'This container was never started: nothing has been written.',
    ],
    [{ container: container({ status: 'exited' }) }, 'This container ended without writing anything.'],
    [{ container: null }, 'There is no such container yet. Its log begins here as soon as it is created.'],
    [{ state: 'waiting' }, 'There is no such container yet. Its log begins here as soon as it is created.'],
    [{ refusal: 'no container "x" is known' }, 'This log cannot be followed: no container "x" is known'],
  ])('%j', (fields, words) => {
    expect(whyEmpty(silence(fields as Partial<Silence>))).toBe(words)
  })
})
