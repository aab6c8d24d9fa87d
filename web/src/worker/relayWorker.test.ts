import { beforeEach, describe, expect, it } from 'vitest'
import { FakeWorld } from '../testing/world'
import { golden } from '../testing/examples'
import { RelayWorker } from './relayWorker'
import type { Look, WorkerCommand, WorkerEvent, SieveOrder, View } from './messages'
import { MOST_ROWS } from '../logs/pane/liveFeed'

let world: FakeWorld
let engine: RelayWorker
let views: View[]
let texts: string[]

const ALL: SieveOrder = {
  levels: null,
  muted: [],
  stderrOnly: false,
  text: '',
  caseSensitive: false,
  only: false,
}
const LOOK: Look = { follow: true, top: 0, height: 10, anchor: null, wrap: false, columns: 80 }
const WEB = { source: 0, target: { controller: 'edge-1', name: 'web', id: null } }
const DB = { source: 1, target: { controller: 'edge-1', name: 'db', id: null } }

const give = (order: WorkerCommand) => engine.obey(order)
const look = (part: Partial<Look> = {}) => give({ order: 'look', pane: 1, look: { ...LOOK, ...part } })
const open = (members = [WEB], sieve = ALL, at: string | null = null) =>
  give({ order: 'open', pane: 1, members, sieve, at, lines: 1000 })
const view = () => views.at(-1)!
const shown = () => view().rows.map((row) => (row.kind === 'line' ? row.text : `<${row.kind}>`))
const sub = (name = 'web') =>
  world.socket.sent.filter((one) => one.container === `edge-1/${name}`).at(-1)!.sub as string
const time = (i: number) =>
  `2025-11-25T22:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.000000000Z`
const lines = (...numbers: number[]) => numbers.map((i) => `${time(i)} line ${i}`)
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const receive = (type: string, fields: object, name = 'web') =>
  world.socket.receive({ type, container: name, controller: 'edge-1', sub: sub(name), ...fields })
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
  world = new FakeWorld()
  views = []
  texts = []
  engine = new RelayWorker(world, (report: WorkerEvent) => {
    if (report.report === 'view') views.push(report.view)
    if (report.report === 'text') texts.push(report.text)
  })
  give({ order: 'start' })
  world.socket.open()
})

describe('a subscription', () => {
  it('asks as the golden file does', () => {
    open()
    const asked = world.socket.sent.find((one) => one.type === 'subscribe_logs')!
    const example = JSON.parse(golden('client/subscribe_logs_additive'))
    expect(Object.keys({ ...asked, after: '' }).sort()).toEqual(Object.keys(example).sort())
    expect(asked).toMatchObject({ container: 'edge-1/web', wait: true, lines: 1000 })
    give({ order: 'close', pane: 1 })
    expect(world.socket.sent.at(-1)).toEqual({
      type: 'unsubscribe_logs',
      container: 'edge-1/web',
      sub: asked.sub,
    })
  })

  it('shows the snapshot and then what is new', () => {
    open()
    snapshot(lines(1, 2))
    look()
    live(lines(3))
    expect(shown()).toEqual(['line 1', 'line 2'])
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3'])
    expect(view()).toMatchObject({ following: true, totalRows: 3, arrived: 1 })
  })

  it('sends a view only when the page has painted the last one', () => {
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

  it('shares the page with many others: each is shown some twenty times a second', () => {
    for (const pane of range(1, 6))
      give({ order: 'open', pane, members: [WEB], sieve: ALL, at: null, lines: 1000 })
    snapshot([])
    const lookAt = () => give({ order: 'look', pane: 5, look: LOOK })
    lookAt()
    lookAt()
    views.length = 0
    for (const i of range(0, 10)) {
      live(lines(i))
      lookAt()
      world.pass(10)
    }
    expect(views).toHaveLength(2)
    expect(view().totalRows).toBe(10)
    give({ order: 'look', pane: 5, look: { ...LOOK, height: 20 } })
    expect(views).toHaveLength(3)
  })

  it('frames of another subscription are not its own', () => {
    open()
    const old = sub()
    world.socket.receive({
      type: 'new_logs',
      container: 'web',
      controller: 'edge-1',
      sub: 'other',
      logs: lines(1),
      streams: '',
    })
    world.socket.receive({
      type: 'new_logs',
      container: 'web',
      controller: 'edge-2',
      sub: null,
      logs: lines(1),
      streams: '',
    })
    look()
    expect(shown()).toEqual([])
    world.socket.receive({
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
    world.socket.fail()
    world.pass(1000)
    world.socket.open()
  })

  it('goes on exactly after the last line', () => {
    expect(world.socket.sent.find((one) => one.type === 'subscribe_logs')).toMatchObject({
      after: 'c3',
      wait: true,
    })
    snapshot(lines(4), { resumed: true })
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
  })

  it('a snapshot without a promise takes the place of the old lines, so that none is there twice', () => {
    snapshot(lines(2, 3, 4))
    look()
    expect(shown()).toEqual(['line 2', 'line 3', 'line 4'])
  })

  it('what could not be resumed is a gap at the seam, with its reason', () => {
    snapshot(lines(9), { resumed: false })
    receive('log_gap', { reason: 'behind', from: 'c3', to: 'c8', count: 5 })
    look()
    expect(shown()).toEqual(['line 1', 'line 2', 'line 3', '<gap>', 'line 9'])
    expect(view().rows[3]!.gap).toEqual({ reason: 'behind', count: 5, fill: 'can', note: null })
  })

  it('a refused log is asked for again when the engine answers', () => {
    world.socket.receive({
      type: 'error',
      code: 'engine_unavailable',
      message: 'the engine is away',
      container: 'web',
      request: 'subscribe_logs',
      sub: sub(),
    })
    look()
    expect(view().sources[0]).toMatchObject({ refusal: 'the engine is away', ready: true })
    world.socket.receive({ type: 'engine_status', controller: 'edge-1', available: true })
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

  it('is filled from the store, exactly up to the line behind it', async () => {
    world.answers.push(['api/container/web/logs?after=c2', page(lines(3, 4, 5, 6, 7))])
    give({ order: 'fill', pane: 1, n: gapRow().n })
    look()
    expect(gapRow().gap?.fill).toBe('loading')
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
    expect(world.asked[0]).toContain('controller=edge-1')
  })

  it('larger than a page is filled page by page', async () => {
    world.answers.push([
      'api/container/web/logs?after=c2',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    world.answers.push(['api/container/web/logs?after=c3', page(lines(4, 5, 6), { more_after: true })])
    give({ order: 'fill', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('that the store no longer holds says so and stays', async () => {
    world.answers.push(['api/container/web/logs', page([], { anchored: false })])
    give({ order: 'fill', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(gapRow().gap).toMatchObject({ fill: 'failed', note: expect.stringContaining('no longer') })
    world.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    give({ order: 'fill', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toHaveLength(7)
  })

  it('is filled under the eyes of one who stands still, too', async () => {
    look({ follow: false, top: 0 })
    world.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    give({ order: 'fill', pane: 1, n: gapRow().n })
    await settled()
    look({ follow: false, top: 0 })
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })
})

describe('a gap whose ends are known', () => {
  it('is filled with what lies between them', async () => {
    open()
    snapshot(lines(1, 2))
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c6', count: 3 })
    live(lines(6, 7))
    look()
    world.answers.push([
      'api/container/web/logs?after=c2&before=c6',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    world.answers.push(['api/container/web/logs?after=c3&before=c6', page(lines(4, 5))])
    give({ order: 'fill', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('is woven by time among the lines of other containers', async () => {
    open([WEB, DB])
    snapshot(lines(1, 2))
    snapshot(lines(3, 5), {}, 'db')
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c8', count: 3 })
    live(lines(7), {}, 'db')
    live(lines(8))
    look()
    expect(shown()).toEqual(['line 1', 'line 2', '<gap>', 'line 3', 'line 5', 'line 7', 'line 8'])
    world.answers.push(['api/container/web/logs?after=c2&before=c8', page(lines(4, 6))])
    give({ order: 'fill', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 9).map((i) => `line ${i}`))
  })
})

describe('the ring', () => {
  it('keeps the newest hundred thousand', () => {
    open()
    snapshot([])
    for (const i of range(0, 105)) live(lines(...range(i * 1000, i * 1000 + 1000)))
    look()
    expect(view()).toMatchObject({ totalRows: MOST_ROWS, arrived: 105_000, older: 'more' })
    expect(view().rows.at(-1)!.text).toBe('line 104999')
  })

  it('stands still while the reader reads, and counts what comes', () => {
    open()
    snapshot(lines(...range(0, 100)))
    look()
    look({ follow: false, top: 50 })
    look({ follow: false, top: 50 })
    const before = shown()
    live(lines(...range(100, 300)))
    world.pass(200)
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

  it('are read when the reader comes to the top, without a seam', async () => {
    world.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 51)), { first: 'f30', more_before: true }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    world.answers.push(['api/container/web/logs?before=f30', page(lines(...range(0, 30)))])
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(world.asked).toHaveLength(2)
    expect(view()).toMatchObject({ totalRows: 60, older: 'none' })
    expect(shown()[0]).toBe('line 0')
    look()
    expect(view().totalRows).toBe(60)
  })

  it('move what the reader sees down, and say by how much', async () => {
    const { n } = view().rows[0]!
    world.answers.push(['api/container/web/logs?through=', page(lines(...range(0, 51)))])
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    await settled()
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    const line = view().fromLine + view().rows.findIndex((row) => row.n === n)
    expect(line).toBe(50)
  })

  it('that cannot be read say why, and are not asked for again and again', async () => {
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ older: 'failed', storeProblem: 'the relay did not answer' })
    expect(world.asked).toHaveLength(1)
  })
})

describe('a place that was jumped to', () => {
  it('is found once the list has told whose log it is in', async () => {
    world.answers.push(['api/container/web/logs?around=', page(lines(...range(10, 30)))])
    open([], ALL, time(20))
    await settled()
    expect(world.asked).toHaveLength(0)
    give({ order: 'members', pane: 1, members: [WEB] })
    await settled()
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().goto!.n)?.text).toBe('line 20')
    give({ order: 'members', pane: 1, members: [WEB] })
    expect(world.asked).toHaveLength(1)
  })

  it('stands still at its line, goes on below, and comes back to the present', async () => {
    world.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(10, 30)), { more_before: true, more_after: true }),
    ])
    open([WEB], ALL, time(20))
    snapshot(lines(...range(90, 100)), { more_before: true })
    await settled()
    world.answers.push(['api/container/web/logs?after=last', page(lines(...range(30, 90)))])
    world.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 10)))])
    look({ follow: false })
    expect(view().goto).toMatchObject({ select: true })
    expect(view().rows.find((row) => row.n === view().goto!.n)?.text).toBe('line 20')
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ totalRows: 90, newer: 'none', older: 'none' })
    look()
    expect(view().rows.at(-1)?.text).toBe('line 99')
  })
})

describe('a place that was jumped to while the page is still drawing', () => {
  it('is where older lines have moved it meanwhile', async () => {
    world.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(100, 300)), { more_before: true }),
    ])
    open([WEB], ALL, time(250))
    await settled()
    world.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 100)))])
    look({ follow: false, top: 0, height: 30 })
    await settled()
    look({ follow: false, top: 0, height: 30 })
    expect(view().goto).toMatchObject({ line: 250 - 10 })
  })
})

describe('what is looked for', () => {
  const sift = (part: Partial<SieveOrder>) => give({ order: 'sift', pane: 1, sieve: { ...ALL, ...part } })

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

  it('is counted, marked, and walked through, around the end', () => {
    sift({ text: 'timeout' })
    live([`${time(6)} timeout again`])
    look()
    expect(view().hits).toEqual({ count: 2, at: null })
    expect(view().rows[1]!.ranges).toEqual([6, 13])
    const step = (by: 1 | -1, from: number | null) => {
      give({ order: 'walk', pane: 1, stride: 'hit', by, from })
      look({ follow: false, top: 0 })
      return [view().goto!.n, view().hits!.at]
    }
    const [last, at] = step(-1, null)
    expect(at).toBe(2)
    const [first] = step(-1, last!)
    expect(view().hits!.at).toBe(1)
    expect(step(1, first!)).toEqual([last, 2])
    expect(step(1, last!)).toEqual([first, 1])
  })

  it('alone is shown when the rest is left out', () => {
    sift({ text: 'timeout', only: true })
    live([`${time(6)} timeout again`, `${time(7)} other`])
    look()
    expect(shown()).toEqual(['ERROR timeout of db', 'timeout again'])
    expect(view().allRows).toBe(7)
  })

  it('levels hide and show a stack trace with its head', () => {
    expect(view().counts).toEqual({ error: 2, warn: 1, info: 1, debug: 0, other: 1 })
    sift({ levels: ['error'] })
    look()
    expect(shown()).toEqual(['ERROR timeout of db', '    at a.b(C.java:1)'])
  })

  it('stderr alone', () => {
    sift({ stderrOnly: true })
    look()
    expect(shown()).toEqual(['    at a.b(C.java:1)'])
  })

  it('what is no pattern says so and leaves the log alone', () => {
    sift({ text: '/(/', only: true })
    look()
    expect(view().badQuery).not.toBeNull()
    expect(shown()).toHaveLength(5)
  })

  it('errors are walked from head to head', () => {
    give({ order: 'walk', pane: 1, stride: 'error', by: -1, from: null })
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().goto!.n)?.text).toBe('ERROR timeout of db')
  })

  it('is searched for in the store until it is found', async () => {
    receive('log_snapshot', { logs: lines(50), streams: '', cursor: 'c', more_before: true })
    sift({ text: 'needle', only: true })
    world.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 50)), { first: 'f30', more_before: true }),
    ])
    world.answers.push([
      'api/container/web/logs?before=f30',
      page([`${time(7)} the needle`], { first: 'f7', more_before: true }),
    ])
    give({ order: 'search-older', pane: 1, on: true })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['the needle'])
    expect(view()).toMatchObject({ searching: false, allRows: 22 })
  })
})

describe('several containers', () => {
  beforeEach(() => open([WEB, DB]))

  it('are merged by time as they come, and each may be hidden', () => {
    snapshot(lines(1, 3, 5))
    snapshot(lines(2, 4), {}, 'db')
    live(lines(6))
    look()
    expect(shown()).toEqual(range(1, 7).map((i) => `line ${i}`))
    give({ order: 'sift', pane: 1, sieve: { ...ALL, muted: [0] } })
    look()
    expect(shown()).toEqual(['line 2', 'line 4'])
  })

  it('of whom one wrote thousands of lines are in the order of time all the same', () => {
    snapshot(lines(...range(10, 8010)).map((line, i) => `2025-11-26T${line.slice(11, 30)} ${i}`))
    snapshot(lines(1), {}, 'db')
    give({ order: 'sift', pane: 1, sieve: ALL })
    look({ follow: false, top: 0 })
    expect(shown()[0]).toBe('line 1')
  })

  it('join and leave; what a leaver wrote stays', () => {
    snapshot(lines(1))
    give({ order: 'members', pane: 1, members: [DB] })
    expect(world.socket.sent.at(-1)).toMatchObject({ type: 'unsubscribe_logs', container: 'edge-1/web' })
    snapshot(lines(2), {}, 'db')
    look()
    expect(shown()).toEqual(['line 1', 'line 2'])
  })

  it('have marks of what happened to them, and a reader’s own', () => {
    snapshot(lines(1))
    const turned = (state: string) => receive('log_state', { state, at: time(9), message: null })
    turned('following')
    turned('stopped')
    turned('restarted')
    give({ order: 'mark', text: '1', time: time(10) })
    look()
    expect(shown()).toEqual(['line 1', '<state>', '<state>', '<marker>'])
  })

  it('are given out as text, with their names', () => {
    snapshot(lines(1))
    snapshot(lines(2), {}, 'db')
    look()
    give({ order: 'text', id: 1, pane: 1, from: null, to: null, form: 'full' })
    expect(texts[0]).toBe(`${time(1)} edge-1/web line 1\n${time(2)} edge-1/db line 2\n`)
    const [first, second] = view().rows
    give({ order: 'text', id: 2, pane: 1, from: second!.n, to: first!.n, form: 'text' })
    expect(texts[1]).toBe('line 1\nline 2\n')
    give({ order: 'text', id: 3, pane: 1, from: second!.n, to: second!.n, form: 'jsonl' })
    expect(JSON.parse(texts[2]!)).toEqual({
      timestamp: time(2),
      container: 'edge-1/db',
      stream: 'stdout',
      text: 'line 2',
    })
  })
})

describe('heights', () => {
  it('of wrapped and unfolded lines are counted, and measured ones are believed', () => {
    open()
    snapshot([`${time(1)} ${'x'.repeat(45)}`, `${time(2)} {"a":1,"b":{"c":2}}`, `${time(3)} short`])
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 1 + 1)
    give({ order: 'unfold', pane: 1, n: view().rows[1]!.n, open: true })
    look({ wrap: true, columns: 20 })
    expect(view().rows[1]!.pretty).toEqual(['{', '  "a": 1,', '  "b": {', '    "c": 2', '  }', '}'])
    expect(view().totalLines).toBe(3 + 6 + 1)
    give({ order: 'measured', pane: 1, rows: [[view().rows[2]!.n, 4]] })
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 6 + 4)
    look({ wrap: false, columns: 20 })
    expect(view().totalLines).toBe(1 + 6 + 1)
  })
})

it('a cleared view begins anew, and comes back', () => {
  open()
  snapshot(lines(1, 2))
  give({ order: 'clear', pane: 1, undo: false })
  live(lines(3))
  give({ order: 'mark', text: '1', time: time(0) })
  look()
  expect(shown()).toEqual(['line 3', '<marker>'])
  give({ order: 'clear', pane: 1, undo: true })
  live(lines(4))
  look()
  expect(shown()).toEqual(['line 1', 'line 2', 'line 3', '<marker>', 'line 4'])
})
