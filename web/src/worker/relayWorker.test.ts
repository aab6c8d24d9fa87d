import { beforeEach, describe, expect, it } from 'vitest'
import type { Viewport } from '../logs/pane/commands'
import { MAX_LIVE_ROWS } from '../logs/pane/liveFeed'
import type { PaneView } from '../logs/pane/paneView'
import type { LogFilterSpec } from '../logs/rows/filter'
import type { WorkerCommand, WorkerEvent } from './messages'
import { FakeEnvironment } from '../testing/environment'
import { golden } from '../testing/examples'
import { RelayWorker } from './relayWorker'

let environment: FakeEnvironment
let worker: RelayWorker
let views: PaneView[]
let texts: string[]

const ALL: LogFilterSpec = {
  levels: null,
  muted: [],
  stderrOnly: false,
  text: '',
  caseSensitive: false,
  only: false,
  range: null,
}
const VIEWPORT: Viewport = { follow: true, top: 0, height: 10, anchor: null, wrap: false, columns: 80 }
const WEB = { source: 0, target: { controller: 'edge-1', name: 'web', id: null } }
const DB = { source: 1, target: { controller: 'edge-1', name: 'db', id: null } }

const post = (order: WorkerCommand) => worker.handle(order)
const look = (part: Partial<Viewport> = {}) =>
  post({ type: 'viewport', pane: 1, viewport: { ...VIEWPORT, ...part } })
const open = (members = [WEB], filter = ALL, at: string | null = null) =>
  post({ type: 'open', pane: 1, members, filter, at, lines: 1000 })
const view = () => views.at(-1)!
const shown = () => view().rows.map((row) => (row.kind === 'line' ? row.text : `<${row.kind}>`))
const sub = (name = 'web') =>
  environment.socket.sent.filter((one) => one.container === `edge-1/${name}`).at(-1)!.sub as string
const time = (i: number) =>
  `2025-11-25T22:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.000000000Z`
const lines = (...numbers: number[]) => numbers.map((i) => `${time(i)} line ${i}`)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const receive = (type: string, fields: object, name = 'web') =>
  environment.socket.receive({ type, container: name, controller: 'edge-1', sub: sub(name), ...fields })
const snapshot = (logs: string[], fields: object = {}, name = 'web') =>
  receive(
    'log_snapshot',
    { logs, streams: '', cursor: `after ${logs.length}`, more_before: false, ...fields },
    name,
  )
const live = (logs: string[], fields: object = {}, name = 'web') =>
  receive('new_logs', { logs, streams: '', cursor: 'later', ...fields }, name)
const settled = () => new Promise((done) => setTimeout(done))
const page = (logs: string[], fields: object = {}) => ({
  logs,
  streams: '',
  first: 'first',
  cursor: 'last',
  more_before: false,
  more_after: false,
  anchored: true,
  ...fields,
})

beforeEach(() => {
  environment = new FakeEnvironment()
  views = []
  texts = []
  worker = new RelayWorker(environment, (event: WorkerEvent) => {
    if (event.type === 'view') views.push(event.view)
    if (event.type === 'text') texts.push(event.text)
  })
  post({ type: 'start' })
  environment.socket.open()
})

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

describe('a gap', () => {
  const gapRow = () => view().rows.find((row) => row.kind === 'gap')!

  beforeEach(() => {
    open()
    snapshot(lines(1, 2))
    receive('log_gap', { reason: 'slow_client', from: 'c2', to: null, count: 3 })
    live(lines(6, 7))
    look()
  })

  it('is filled from the store, exactly up to the line after it', async () => {
    environment.answers.push(['api/container/web/logs?after=c2', page(lines(3, 4, 5, 6, 7))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    look()
    expect(gapRow().gap?.fill).toBe('loading')
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
    expect(environment.fetched[0]).toContain('controller=edge-1')
  })

  it('that is larger than a page is filled page by page', async () => {
    environment.answers.push([
      'api/container/web/logs?after=c2',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    environment.answers.push(['api/container/web/logs?after=c3', page(lines(4, 5, 6), { more_after: true })])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('stays with a message when the engine cannot read its lines', async () => {
    environment.answers.push([
      'api/container/web/logs?after=c2',
      page([], { cursor: null, more_after: true, incomplete: { reason: 'damaged', from: 'c2', to: null } }),
    ])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(gapRow().gap).toMatchObject({ fill: 'failed', note: expect.stringContaining('cannot read') })
  })

  it('stays with a message when the store no longer has its lines', async () => {
    environment.answers.push(['api/container/web/logs', page([], { anchored: false })])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(gapRow().gap).toMatchObject({ fill: 'failed', note: expect.stringContaining('no longer') })
    environment.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toHaveLength(7)
  })

  it('is filled in a frozen view too', async () => {
    look({ follow: false, top: 0 })
    environment.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look({ follow: false, top: 0 })
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })
})

describe('a gap whose ends are known', () => {
  it('is filled with the lines between them', async () => {
    open()
    snapshot(lines(1, 2))
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c6', count: 3 })
    live(lines(6, 7))
    look()
    environment.answers.push([
      'api/container/web/logs?after=c2&before=c6',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    environment.answers.push(['api/container/web/logs?after=c3&before=c6', page(lines(4, 5))])
    post({ type: 'fill-gap', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('is merged by time among the lines of other containers', async () => {
    open([WEB, DB])
    snapshot(lines(1, 2))
    snapshot(lines(3, 5), {}, 'db')
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c8', count: 3 })
    live(lines(7), {}, 'db')
    live(lines(8))
    look()
    expect(shown()).toEqual(['line 1', 'line 2', '<gap>', 'line 3', 'line 5', 'line 7', 'line 8'])
    environment.answers.push(['api/container/web/logs?after=c2&before=c8', page(lines(4, 6))])
    post({ type: 'fill-gap', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 9).map((i) => `line ${i}`))
  })
})

describe('the live store', () => {
  it('keeps the newest hundred thousand lines', () => {
    open()
    snapshot([])
    for (const i of range(0, 105)) live(lines(...range(i * 1000, i * 1000 + 1000)))
    look()
    expect(view()).toMatchObject({ totalRows: MAX_LIVE_ROWS, arrived: 105_000, older: 'more' })
    expect(view().rows.at(-1)!.text).toBe('line 104999')
  })

  it('is frozen while the reader does not follow, and new lines are counted', () => {
    open()
    snapshot(lines(...range(0, 100)))
    look()
    look({ follow: false, top: 50 })
    look({ follow: false, top: 50 })
    const before = shown()
    live(lines(...range(100, 300)))
    environment.pass(200)
    expect(view()).toMatchObject({ missed: 200, totalRows: 100, following: false })
    expect(shown()).toEqual(before)
    look()
    expect(view()).toMatchObject({ missed: 0, totalRows: 300, following: true })
  })
})

describe('older lines', () => {
  beforeEach(() => {
    open()
    snapshot(lines(...range(50, 60)), { more_before: true })
    look()
  })

  it('are read when the reader comes to the top, without a gap or a duplicate', async () => {
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 51)), { first: 'f30', more_before: true }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    environment.answers.push(['api/container/web/logs?before=f30', page(lines(...range(0, 30)))])
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(environment.fetched).toHaveLength(2)
    expect(view()).toMatchObject({ totalRows: 60, older: 'none' })
    expect(shown()[0]).toBe('line 0')
    look()
    expect(view().totalRows).toBe(60)
  })

  it('that the engine cannot read are a gap between two pages, once', async () => {
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(40, 51)), {
        first: 'f40',
        more_before: true,
        incomplete: { reason: 'damaged', from: null, to: 'f40' },
      }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    environment.answers.push([
      'api/container/web/logs?before=f40',
      page(lines(...range(0, 10)), {
        cursor: 'c9',
        more_after: true,
        incomplete: { reason: 'damaged', from: 'c9', to: 'f40' },
      }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(shown().slice(9, 12)).toEqual(['line 9', '<gap>', 'line 40'])
    expect(shown().filter((row) => row === '<gap>')).toHaveLength(1)
    expect(view().rows[10]!.gap!.reason).toBe('damaged')
  })

  it('move the visible rows down by the right number of lines', async () => {
    const { n } = view().rows[0]!
    environment.answers.push(['api/container/web/logs?through=', page(lines(...range(0, 51)))])
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    await settled()
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    const line = view().fromLine + view().rows.findIndex((row) => row.n === n)
    expect(line).toBe(50)
  })

  it('that cannot be read show the reason, and are not requested repeatedly', async () => {
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ older: 'failed', storeProblem: 'the relay did not answer' })
    expect(environment.fetched).toHaveLength(1)
  })
})

describe('a jump to a time', () => {
  it('waits until the list says which containers are in the pane', async () => {
    environment.answers.push(['api/container/web/logs?around=', page(lines(...range(10, 30)))])
    open([], ALL, time(20))
    await settled()
    expect(environment.fetched).toHaveLength(0)
    post({ type: 'members', pane: 1, members: [WEB] })
    await settled()
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('line 20')
    post({ type: 'members', pane: 1, members: [WEB] })
    expect(environment.fetched).toHaveLength(1)
  })

  it('freezes at its line, reads on in both directions, and returns to the live log', async () => {
    environment.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(10, 30)), { more_before: true, more_after: true }),
    ])
    open([WEB], ALL, time(20))
    snapshot(lines(...range(90, 100)), { more_before: true })
    await settled()
    environment.answers.push(['api/container/web/logs?after=last', page(lines(...range(30, 90)))])
    environment.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 10)))])
    look({ follow: false })
    expect(view().scrollTo).toMatchObject({ select: true })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('line 20')
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ totalRows: 90, newer: 'none', older: 'none' })
    look()
    expect(view().rows.at(-1)?.text).toBe('line 99')
  })
})

describe('a jump while older lines arrive', () => {
  it('scrolls to where older lines have moved its row', async () => {
    environment.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(100, 300)), { more_before: true }),
    ])
    open([WEB], ALL, time(250))
    await settled()
    environment.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 100)))])
    look({ follow: false, top: 0, height: 30 })
    await settled()
    look({ follow: false, top: 0, height: 30 })
    expect(view().scrollTo).toMatchObject({ line: 250 - 10 })
  })
})

describe('a filter', () => {
  const filter = (part: Partial<LogFilterSpec>) =>
    post({ type: 'filter', pane: 1, filter: { ...ALL, ...part } })

  beforeEach(() => {
    open()
    snapshot(
      [
        `${time(1)} INFO started`,
        `${time(2)} ERROR timeout of db`,
        `${time(3)}     at a.b(C.java:1)`,
        `${time(4)} WARN slow`,
        `${time(5)} all well`,
      ],
      {
        streams: 'ooeoo',
      },
    )
    look()
  })

  it('counts and marks hits, and finds the next one around the end', () => {
    filter({ text: 'timeout' })
    live([`${time(6)} timeout again`])
    look()
    expect(view().hits).toEqual({ count: 2, at: null })
    expect(view().rows[1]!.ranges).toEqual([6, 13])
    const step = (by: 1 | -1, from: number | null) => {
      post({ type: 'find-next', pane: 1, target: 'hit', by, from })
      look({ follow: false, top: 0 })
      return [view().scrollTo!.n, view().hits!.at]
    }
    const [last, at] = step(-1, null)
    expect(at).toBe(2)
    const [first] = step(-1, last!)
    expect(view().hits!.at).toBe(1)
    expect(step(1, first!)).toEqual([last, 2])
    expect(step(1, last!)).toEqual([first, 1])
  })

  it('can hide lines without a hit', () => {
    filter({ text: 'timeout', only: true })
    live([`${time(6)} timeout again`, `${time(7)} other`])
    look()
    expect(shown()).toEqual(['ERROR timeout of db', 'timeout again'])
    expect(view().allRows).toBe(7)
  })

  it('by level shows a stack trace with its first line', () => {
    expect(view().counts).toEqual({ error: 2, warn: 1, info: 1, debug: 0, other: 1 })
    filter({ levels: ['error'] })
    look()
    expect(shown()).toEqual(['ERROR timeout of db', '    at a.b(C.java:1)'])
  })

  it('can show stderr only', () => {
    filter({ stderrOnly: true })
    look()
    expect(shown()).toEqual(['    at a.b(C.java:1)'])
  })

  it('by time shows a range, and reads on only within it', async () => {
    const between = { since: time(10), until: time(20) }
    post({ type: 'filter', pane: 1, filter: { ...ALL, range: between } })
    environment.answers.push(
      [
        'api/container/web/logs?around',
        page(lines(...range(5, 12)), { more_before: true, more_after: true }),
      ],
      ['api/container/web/logs?after', page(lines(...range(12, 30)), { more_after: true })],
    )
    post({ type: 'jump', pane: 1, time: between.since })
    await settled()
    look({ follow: false })
    await settled()
    look({ follow: false })
    await settled()

    expect(shown()).toEqual(range(10, 21).map((i) => `line ${i}`))
    expect(environment.fetched).toHaveLength(2)
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    expect(environment.fetched).toHaveLength(2)
  })

  it('by time leads to the older lines of its range, and no further', async () => {
    const between = { since: time(10), until: time(40) }
    post({ type: 'filter', pane: 1, filter: { ...ALL, range: between } })
    environment.answers.push(
      ['api/container/web/logs?around', page(lines(...range(25, 30)), { more_before: true })],
      ['api/container/web/logs?before', page(lines(...range(15, 25)), { more_before: true })],
      ['api/container/web/logs?before', page(lines(...range(5, 15)), { more_before: true })],
    )
    post({ type: 'jump', pane: 1, time: time(30) })
    await settled()
    for (let i = 0; i < 4; i++) {
      look({ follow: false })
      await settled()
    }

    look({ follow: false, height: 50 })
    expect(shown()).toEqual(range(10, 30).map((i) => `line ${i}`))
    expect(environment.fetched).toHaveLength(3)
  })

  it('with an invalid pattern reports it and hides nothing', () => {
    filter({ text: '/(/', only: true })
    look()
    expect(view().badQuery).not.toBeNull()
    expect(shown()).toHaveLength(5)
  })

  it('finds errors by the first lines of their stack traces', () => {
    post({ type: 'find-next', pane: 1, target: 'error', by: -1, from: null })
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('ERROR timeout of db')
  })

  it('searches older lines in the store until one is found', async () => {
    receive('log_snapshot', { logs: lines(50), streams: '', cursor: 'c', more_before: true })
    filter({ text: 'needle', only: true })
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 50)), { first: 'f30', more_before: true }),
    ])
    environment.answers.push([
      'api/container/web/logs?before=f30',
      page([`${time(7)} the needle`], { first: 'f7', more_before: true }),
    ])
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['the needle'])
    expect(view()).toMatchObject({ searching: false, allRows: 22 })
  })
})

describe('the whole log', () => {
  const found = (i: number, text: string, fields: object = {}) => ({
    type: 'hit',
    controller: 'edge-1',
    container: 'web',
    timestamp: time(i),
    stream: 'stdout',
    text,
    cursor: `c${i}`,
    ...fields,
  })
  const end = (hits: number, fields: object = {}) => ({
    type: 'end',
    complete: true,
    lines: 5000,
    hits,
    next: null,
    failed: [],
    ...fields,
  })
  const filter = (part: Partial<LogFilterSpec>) =>
    post({ type: 'filter', pane: 1, filter: { ...ALL, ...part } })
  const search = (by: 1 | -1, target: 'hit' | 'error' = 'hit', from: number | null = null) =>
    post({ type: 'find-next', pane: 1, target, by, from })
  const queries = () =>
    environment.fetched
      .filter((path) => path.includes('/logs/search?'))
      .map((path) => Object.fromEntries(new URLSearchParams(path.split('?')[1])))
  const selected = () => view().rows.find((row) => row.n === view().scrollTo!.n)?.text

  beforeEach(() => {
    open()
    snapshot(lines(...range(50, 60)), { more_before: true })
    look()
  })

  it('has the previous hit, with the lines around it', async () => {
    filter({ text: 'needle' })
    environment.searches.push([found(7, 'the needle'), end(1, { complete: false, next: 'c7' })])
    environment.answers.push([
      'api/container/web/logs?around=c7',
      page([...lines(6), `${time(7)} the needle`, ...lines(8)], { more_before: true, more_after: true }),
    ])
    search(-1)
    await settled()
    look({ follow: false })

    expect(queries()).toEqual([
      {
        controller: 'edge-1',
        text: 'needle',
        ignore_case: 'true',
        order: 'newest',
        limit: '1',
        count: 'false',
        before: time(50),
      },
    ])
    expect(selected()).toBe('the needle')
    expect(shown()).toEqual(['line 6', 'the needle', 'line 8'])
  })

  it('is searched from its other end when there is no further hit', async () => {
    filter({ text: 'line 58' })
    environment.searches.push([end(0)], [found(58, 'line 58'), end(1, { complete: false })])
    environment.answers.push(['api/container/web/logs?around=c58', page(lines(57, 58, 59))])
    search(-1)
    look({ follow: false })
    search(-1, 'hit', view().scrollTo!.n)
    await settled()
    look({ follow: false })

    expect(queries().map(({ before }) => before)).toEqual([time(50), undefined])
    expect(selected()).toBe('line 58')
  })

  it('has a next hit when none is loaded: the first one', async () => {
    filter({ text: 'needle' })
    environment.searches.push([found(7, 'the needle'), end(1)])
    environment.answers.push(['api/container/web/logs?around=c7', page([`${time(7)} the needle`])])
    search(1)
    await settled()
    look({ follow: false })

    expect(queries()).toMatchObject([{ order: 'oldest', limit: '1' }])
    expect(queries()[0]).not.toHaveProperty('after')
    expect(selected()).toBe('the needle')
  })

  it('has the previous error, whose stack trace is one with it', async () => {
    environment.searches.push([found(9, 'ERROR boom', { stream: 'stderr' }), end(1)])
    environment.answers.push(['api/container/web/logs?around=c9', page([`${time(9)} ERROR boom`])])
    search(-1, 'error')
    await settled()
    look({ follow: false })

    expect(queries()).toMatchObject([{ levels: 'error', traces: 'false', order: 'newest' }])
    expect(selected()).toBe('ERROR boom')
  })

  it('has more hits than are loaded, and new ones are added', async () => {
    filter({ text: 'line 5' })
    environment.searches.push([{ type: 'progress', lines: 100, bytes: 9, hits: 3, reached: null }, end(540)])
    environment.pass(400)
    expect(view().whole).toBeNull()
    look()
    expect(view().whole).toEqual({ hits: 0, state: 'counting', reason: null })
    await settled()
    live(lines(61), { cursor: 'c61' })
    live([`${time(62)} line 5 again`], { cursor: 'c62' })
    look()

    expect(queries()).toMatchObject([{ limit: '0', before: time(59).replace('000Z', '001Z') }])
    expect(view().hits!.count).toBe(11)
    expect(view().whole).toEqual({ hits: 541, state: 'counted', reason: null })
  })

  it('is counted once when a search text is typed letter by letter', () => {
    for (const text of ['n', 'ne', 'nee']) {
      filter({ text })
      environment.pass(100)
    }
    environment.pass(400)
    expect(queries().map(({ text }) => text)).toEqual(['nee'])
  })

  it('gives the older lines that a filter leaves, step by step to its beginning', async () => {
    filter({ text: 'needle', only: true })
    environment.searches.push(
      [found(7, 'needle 7'), found(5, 'needle 5'), end(2, { complete: false, next: 'n5' })],
      [found(2, 'needle 2'), end(1)],
    )
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['needle 5', 'needle 7'])
    expect(view()).toMatchObject({ older: 'more', searching: false })

    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['needle 2', 'needle 5', 'needle 7'])
    expect(view().older).toBe('none')
    expect(queries().map(({ before }) => before)).toEqual([time(50), 'n5'])
  })

  it('is read again around the same line when such a filter changes', async () => {
    filter({ text: 'needle', only: true })
    environment.searches.push([found(7, 'needle 7'), end(1)])
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })
    const { n } = view().rows[0]!
    look({ follow: false, anchor: { n, line: 0 } })
    environment.answers.push([
      `api/container/web/logs?around=${encodeURIComponent(time(7))}`,
      page([...lines(6), `${time(7)} needle 7`, ...lines(8)]),
    ])
    filter({})
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['line 6', 'needle 7', 'line 8'])
  })

  it('that cannot be searched now shows the reason, and can still be read', async () => {
    filter({ text: 'needle' })
    environment.searches.push({ status: 429, reason: 'too many searches' })
    environment.answers.push(['api/container/web/logs?through=', page(lines(...range(40, 51)))])
    search(-1)
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ searchProblem: 'too many searches', searching: false })
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ totalRows: 20, storeProblem: null })
  })

  it('is read on in a bounded part: the oldest rows make room', async () => {
    const day = Date.parse('2025-11-25T00:00:00Z')
    const many = (from: number) =>
      range(from, from + 70_000).map(
        (i) => `${new Date(day + i).toISOString().slice(0, -1)}000000Z line ${i}`,
      )
    environment.answers.push(
      ['api/container/web/logs?around=', page(many(0), { more_after: true })],
      ['api/container/web/logs?after=last', page(many(70_000))],
    )
    post({ type: 'jump', pane: 1, time: time(7) })
    await settled()
    look({ follow: false, top: 69_990 })
    await settled()
    look({ follow: false, top: 69_990 })

    expect(view()).toMatchObject({ allRows: 120_000, older: 'more', newer: 'none' })
  })

  it('is read on by a search when a filter hides most of a past part', async () => {
    filter({ text: 'needle', only: true })
    environment.searches.push(
      [found(7, 'needle 7'), end(1)],
      [found(8, 'needle 8'), found(9, 'needle 9'), end(2, { complete: false, next: 'n9' })],
      [found(12, 'needle 12'), end(1)],
    )
    environment.answers.push([
      'api/container/web/logs?around=c7',
      page([`${time(7)} needle 7`], { more_before: true, more_after: true }),
    ])
    search(-1)
    await settled()
    for (let i = 0; i < 4; i++) {
      look({ follow: false })
      await settled()
    }
    look({ follow: false })

    expect(shown()).toEqual(['needle 7', 'needle 8', 'needle 9', 'needle 12'])
    expect(queries().map(({ order, after }) => [order, after])).toEqual([
      ['newest', undefined],
      ['oldest', 'last'],
      ['oldest', 'n9'],
    ])
    expect(view().newer).toBe('none')
  })

  it('does not move the reader for a search that another command has replaced', async () => {
    filter({ text: 'line 5' })
    environment.searches.push([found(7, 'line 5 of old'), end(1)])
    search(-1, 'error')
    search(-1)
    await settled()
    look({ follow: false })

    expect(selected()).toBe('line 59')
    expect(environment.fetched.filter((path) => path.includes('around'))).toEqual([])
  })

  it('keeps its older lines within reach when a part of it could not be searched', async () => {
    filter({ text: 'needle', only: true })
    environment.searches.push([
      found(7, 'needle 7'),
      end(1, { complete: false, failed: [{ controller: 'edge-2', error: 'controller edge-2 is away' }] }),
    ])
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['needle 7'])
    expect(view()).toMatchObject({ older: 'more', searchProblem: 'controller edge-2 is away' })
  })

  it('gives a long line whole, and each line the level that it has in its log', async () => {
    filter({ levels: ['error'], text: 'needle', only: true })
    environment.searches.push([
      found(8, '  needle frame', { level: 'error' }),
      found(7, 'ERROR begin', { level: 'error', cut: true }),
      end(2),
    ])
    environment.answers.push([
      'api/container/web/logs?through=c7',
      page([`${time(7)} ERROR begin and needle`]),
    ])
    post({ type: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['ERROR begin and needle', '  needle frame'])
  })

  it('has its oldest line in one step', async () => {
    environment.answers.push([
      'api/container/web/logs?after=1970-01-01',
      page(lines(...range(0, 40)), { more_after: true }),
    ])
    post({ type: 'oldest', pane: 1 })
    await settled()
    look({ follow: false })

    expect(shown()[0]).toBe('line 0')
    expect(view()).toMatchObject({ older: 'none', scrollTo: { line: 0 } })
  })
})

describe('several containers', () => {
  beforeEach(() => open([WEB, DB]))

  it('are merged by time as they arrive, and each can be hidden', () => {
    snapshot(lines(1, 3, 5))
    snapshot(lines(2, 4), {}, 'db')
    live(lines(6))
    look()
    expect(shown()).toEqual(range(1, 7).map((i) => `line ${i}`))
    post({ type: 'filter', pane: 1, filter: { ...ALL, muted: [0] } })
    look()
    expect(shown()).toEqual(['line 2', 'line 4'])
  })

  it('are in order of time even when one has thousands of lines', () => {
    snapshot(lines(...range(10, 8010)).map((line, i) => `2025-11-26T${line.slice(11, 30)} ${i}`))
    snapshot(lines(1), {}, 'db')
    post({ type: 'filter', pane: 1, filter: ALL })
    look({ follow: false, top: 0 })
    expect(shown()[0]).toBe('line 1')
  })

  it('join and leave, and the lines of a removed one stay', () => {
    snapshot(lines(1))
    post({ type: 'members', pane: 1, members: [DB] })
    expect(environment.socket.sent.at(-1)).toMatchObject({
      type: 'unsubscribe_logs',
      container: 'edge-1/web',
    })
    snapshot(lines(2), {}, 'db')
    look()
    expect(shown()).toEqual(['line 1', 'line 2'])
  })

  it('show state changes and the reader’s markers', () => {
    snapshot(lines(1))
    const stateChanged = (state: string) => receive('log_state', { state, at: time(9), message: null })
    stateChanged('following')
    stateChanged('stopped')
    stateChanged('restarted')
    post({ type: 'marker', text: '1', time: time(10) })
    look()
    expect(shown()).toEqual(['line 1', '<state>', '<state>', '<marker>'])
  })

  it('are exported as text with their names', () => {
    snapshot(lines(1))
    snapshot(lines(2), {}, 'db')
    look()
    post({ type: 'text', id: 1, pane: 1, from: null, to: null, format: 'full' })
    expect(texts[0]).toBe(`${time(1)} edge-1/web line 1\n${time(2)} edge-1/db line 2\n`)
    const [first, second] = view().rows
    post({ type: 'text', id: 2, pane: 1, from: second!.n, to: first!.n, format: 'text' })
    expect(texts[1]).toBe('line 1\nline 2\n')
    post({ type: 'text', id: 3, pane: 1, from: second!.n, to: second!.n, format: 'jsonl' })
    expect(JSON.parse(texts[2]!)).toEqual({
      timestamp: time(2),
      container: 'edge-1/db',
      stream: 'stdout',
      text: 'line 2',
    })
  })
})

describe('heights', () => {
  it('of wrapped and unfolded lines are computed, and measured ones replace them', () => {
    open()
    snapshot([`${time(1)} ${'x'.repeat(45)}`, `${time(2)} {"a":1,"b":{"c":2}}`, `${time(3)} short`])
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 1 + 1)
    post({ type: 'unfold', pane: 1, n: view().rows[1]!.n, open: true })
    look({ wrap: true, columns: 20 })
    expect(view().rows[1]!.pretty).toEqual(['{', '  "a": 1,', '  "b": {', '    "c": 2', '  }', '}'])
    expect(view().totalLines).toBe(3 + 6 + 1)
    post({ type: 'measured', pane: 1, rows: [[view().rows[2]!.n, 4]] })
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 6 + 4)
    look({ wrap: false, columns: 20 })
    expect(view().totalLines).toBe(1 + 6 + 1)
  })
})

it('a cleared pane starts empty, and undo restores its lines', () => {
  open()
  snapshot(lines(1, 2))
  post({ type: 'clear', pane: 1, undo: false })
  live(lines(3))
  post({ type: 'marker', text: '1', time: time(0) })
  look()
  expect(shown()).toEqual(['line 3', '<marker>'])
  post({ type: 'clear', pane: 1, undo: true })
  live(lines(4))
  look()
  expect(shown()).toEqual(['line 1', 'line 2', 'line 3', '<marker>', 'line 4'])
})
