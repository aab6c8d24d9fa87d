import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALL,
  environment,
  lines,
  look,
  open,
  page,
  post,
  settled,
  shown,
  startWorker,
  time,
  view,
  WEB,
} from '../../testing/logWorker'

const API = { source: 1, target: { controller: 'edge-2', name: 'api', id: null } }
const ADDRESSES = { web: 'edge-1/web', api: 'edge-2/api' }
const FAILED = { controller: 'edge-2', container: null, status: 503, error: 'controller edge-2 is away' }
type Name = keyof typeof ADDRESSES

/** The relay's message about the link to a host. */
function measured(controller: string, ahead: number, error = 2, roundTripMillis = 2 * error): void {
  environment.socket.receive({
    type: 'controller_status',
    controller,
    state: 'connected',
    since: null,
    attempt: 0,
    retry_in_ms: null,
    link: { kind: 'uplink', roundTripMillis, clockOffsetMillis: ahead, clockErrorMillis: error },
  })
}

function receive(type: string, name: Name, fields: object): void {
  const { sub } = environment.socket.sent.filter((one) => one.container === ADDRESSES[name]).at(-1)!
  const [controller, container] = ADDRESSES[name].split('/')
  environment.socket.receive({ type, container, controller, sub, streams: '', cursor: 'c', ...fields })
}
const snapshot = (name: Name, ...at: number[]) =>
  receive('log_snapshot', name, { logs: named(name, at), more_before: false })
const live = (name: Name, ...at: number[]) => receive('new_logs', name, { logs: named(name, at) })
const named = (name: Name, at: number[]) => lines(...at).map((line) => line.replace('line', name))

beforeEach(startWorker)

describe('a merged log of two hosts', () => {
  beforeEach(() => {
    measured('edge-1', 0)
    measured('edge-2', 5000)
    open([WEB, API])
    snapshot('web', 1, 3, 5)
    snapshot('api', 7, 9, 12)
    look()
  })

  it('is in the order of time by one clock', () => {
    expect(shown()).toEqual(['web 1', 'api 7', 'web 3', 'api 9', 'web 5', 'api 12'])
    expect(view().rows[1]).toMatchObject({ time: time(2), own: time(7), late: false, unsure: null })
    expect(view().rows[0]).toMatchObject({ time: time(1), own: '' })
  })

  it('holds new lines for a short time, so that the slower host is not late', () => {
    live('web', 20)
    live('api', 24)
    look()
    expect(shown()).toHaveLength(6)
    environment.pass(50)
    look()
    expect(shown().slice(-2)).toEqual(['api 24', 'web 20'])
    expect(view().rows.every(({ late }) => !late)).toBe(true)
  })

  it('inserts and marks a line that comes after its time, and moves no other', () => {
    live('web', 20, 21)
    environment.pass(100)
    look()
    const before = shown()
    live('api', 24)
    environment.pass(100)
    look()
    expect(shown().filter((text) => before.includes(text))).toEqual(before)
    const late = view().rows.filter((row) => row.late)
    expect(late.map(({ text }) => text)).toContain('api 24')
    expect(shown().indexOf('api 24')).toBeLessThan(shown().indexOf('web 20'))
  })

  it('marks lines of two hosts that are nearer than their clocks are known', () => {
    measured('edge-2', 5000, 800)
    live('web', 30)
    live('api', 35)
    environment.pass(300)
    look()
    expect(
      view()
        .rows.slice(-2)
        .map(({ unsure }) => unsure),
    ).toEqual([
      { host: 'edge-2', error: 802, measured: true },
      { host: 'edge-1', error: 802, measured: true },
    ])
  })

  it('keeps the places of lines when a measurement becomes better', () => {
    const before = shown()
    measured('edge-2', 9000)
    look()
    expect(shown()).toEqual(before)
    live('api', 40)
    environment.pass(100)
    look()
    expect(view().rows.at(-1)).toMatchObject({ text: 'api 40', time: time(31) })
  })

  it('shows what is held before a state, a new backlog and a cleared pane', () => {
    live('api', 20)
    receive('log_state', 'api', { state: 'stopped', at: time(21), message: null })
    look()
    expect(shown().slice(-2)).toEqual(['api 20', '<state>'])
    live('web', 22)
    post({ type: 'clear', pane: 1, undo: false })
    environment.pass(1000)
    look()
    expect(shown()).toEqual([])
    live('api', 50)
    snapshot('api', 50)
    environment.pass(1000)
    look()
    expect(shown()).toEqual(['api 50'])
  })

  it('goes to a time at each host by its own clock', async () => {
    environment.answers = [
      ['api/container/web', page(named('web', [100]))],
      ['api/container/api', page(named('api', [104, 106]))],
    ]
    post({ type: 'jump', pane: 1, time: time(100) })
    await settled()
    look({ follow: false, top: 0 })
    const asked = environment.fetched.map((path) => new URLSearchParams(path.split('?')[1]).get('around'))
    expect(asked).toEqual([time(100), time(105)])
    expect(shown()).toEqual(['api 104', 'web 100', 'api 106'])
  })
})

it('a search over several hosts says per host what could not be searched', async () => {
  open([WEB, API])
  receive('log_snapshot', 'web', { logs: named('web', [1]), more_before: true })
  snapshot('api', 2)
  environment.searches.push([
    { type: 'end', complete: false, lines: 1, hits: 0, next: null, failed: [FAILED] },
  ])
  post({ type: 'filter', pane: 1, filter: { ...ALL, text: 'boom' } })
  look({ follow: false })
  post({ type: 'find-next', pane: 1, target: 'hit', by: -1, from: null })
  await settled()
  look({ follow: false })
  expect(view().searchProblem).toBe('controller edge-2 is away')
  expect(view().searchedHosts).toEqual([
    { host: 'edge-1', logs: 1, failed: [] },
    { host: 'edge-2', logs: 1, failed: [{ container: null, reason: 'controller edge-2 is away' }] },
  ])
})

it('a pane that gets a second host is merged again by one clock', () => {
  measured('edge-1', -2000)
  open([WEB])
  snapshot('web', 1, 3, 5)
  look()
  expect(view().rows[0]).toMatchObject({ time: time(1), own: '' })
  post({ type: 'members', pane: 1, members: [WEB, API] })
  measured('edge-2', 0)
  snapshot('api', 4, 8)
  look()
  expect(shown()).toEqual(['web 1', 'api 4', 'web 3', 'web 5', 'api 8'])
  expect(view().rows[0]).toMatchObject({ time: time(3), own: time(1) })
})

it('a host whose clock is not measured is taken as it is, and its order is not certain', () => {
  measured('edge-1', 0, 1)
  open([WEB, API])
  snapshot('web', 1, 9)
  snapshot('api', 1)
  post({ type: 'filter', pane: 1, filter: ALL })
  look()
  expect(shown()).toEqual(['web 1', 'api 1', 'web 9'])
  expect(view().rows.map(({ unsure }) => unsure?.measured)).toEqual([false, false, undefined])
})
