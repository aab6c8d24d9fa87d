import { expect, it } from 'vitest'
import type { Viewport } from '../logs/pane/commands'
import type { PaneView, RowView } from '../logs/pane/paneView'
import { FakeEnvironment } from '../testing/environment'
import { RelayWorker } from './relayWorker'

const NAMES = ['web', 'db', 'cache', 'job']
const VIEWPORT: Viewport = {
  follow: true,
  top: 0,
  height: 5000,
  anchor: null,
  moves: 0,
  wrap: false,
  columns: 80,
}
const BEGIN = Date.parse('2025-11-25T22:00:00Z') * 1000
const stamped = (micros: number) =>
  `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, 23)}${String(micros % 1000).padStart(3, '0')}000Z`
const whole = (micros: number) => new Date(Math.round(micros / 1000)).toISOString()

type AnyFrame = { type: string } & Record<string, unknown>

/** The frames of one container in their order, with their times. */
interface Recording {
  name: string
  frames: { at: number; frame: AnyFrame }[]
}

/** A linear congruential generator, so that a seed reproduces a failure. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => (state = (state * 48_271 + 11) % 2_147_483_647) % below
}

/**
 * A container that writes, ends and starts again. Its two streams are some microseconds out of order, and the engine
 * dates its end before its last line and its start after its first one.
 */
function record(name: string, random: (below: number) => number): Recording {
  let now = BEGIN + random(300_000)
  let delay = 0
  const frames: Recording['frames'] = []
  const line = () => `${stamped(now - (random(4) === 0 ? random(40) : 0))} ${name}`
  const send = (frame: AnyFrame) => {
    delay = Math.max(0, delay + random(90_000) - 45_000)
    frames.push({ at: Math.max(frames.at(-1)?.at ?? 0, now + delay), frame })
  }
  const written = (most: number) =>
    Array.from({ length: random(most) }, () => ((now += random(9_000)), line()))
  const backlog = written(80)
  send({ type: 'log_snapshot', logs: backlog, streams: '', cursor: 'c', more_before: false })
  for (let round = 0; round < 25; round++) {
    const what = random(8)
    if (what === 0) {
      send({ type: 'log_state', state: 'stopped', at: whole(now - random(20_000)) })
      now += random(50_000)
      send({ type: 'log_state', state: 'restarted', at: whole(now + random(30_000)) })
    } else if (what === 1) {
      send({ type: 'log_gap', reason: 'slow_client', from: 'a', to: null, count: 3 })
    }
    send({ type: 'new_logs', logs: written(9), streams: '', cursor: 'c' })
  }
  return { name, frames }
}

/** The first line that stands after a later line of another container; null for none. */
function misplaced(rows: readonly RowView[]): string | null {
  const lines = rows.filter(({ kind }) => kind === 'line')
  const at = lines.findIndex(({ time, source }, i) => {
    const before = lines[i - 1]
    return before !== undefined && time < before.time && source !== before.source
  })
  return at < 0
    ? null
    : `${lines[at - 1]!.text} ${lines[at - 1]!.time} before ${lines[at]!.text} ${lines[at]!.time}`
}

function follow(seed: number) {
  const random = randomFrom(seed)
  const environment = new FakeEnvironment()
  let view: PaneView | null = null
  const worker = new RelayWorker(environment, (event) => {
    if (event.type === 'view') view = event.view
  })
  const members = NAMES.map((name, source) => ({ source, target: { controller: 'edge-1', name, id: null } }))
  const filter = {
    levels: null,
    muted: [],
    stderrOnly: false,
    text: '',
    caseSensitive: false,
    only: false,
    range: null,
  }
  worker.handle({ type: 'start' })
  environment.socket.open()
  worker.handle({ type: 'open', pane: 1, members, filter, at: null, lines: 1000 })
  const recordings = NAMES.map((name) => record(name, random))
  const all = recordings.flatMap(({ name, frames }) => frames.map(({ at, frame }) => ({ name, at, frame })))
  // A stable sort: frames of one container keep their order.
  all.sort((a, b) => a.at - b.at)
  for (const { name, frame } of all) {
    const sub = environment.socket.sent.find((one) => one.container === `edge-1/${name}`)!.sub
    environment.socket.receive({ ...frame, container: name, controller: 'edge-1', sub })
    worker.handle({ type: 'viewport', pane: 1, viewport: VIEWPORT })
    expect(misplaced(view!.rows), `seed ${seed}`).toBeNull()
  }
  for (const [source, { name, frames }] of recordings.entries()) {
    const expected = frames.flatMap(({ frame }) => (frame.logs as string[] | undefined) ?? [])
    const shown = view!.rows.filter((row) => row.kind === 'line' && row.source === source)
    expect(
      shown.map(({ time, text }) => `${time} ${text}`),
      `seed ${seed}, ${name}`,
    ).toEqual(expected)
  }
}

it('every view of a merged pane is in order of time, in whatever order frames arrive', () => {
  const seed = Date.now() % 100_000
  for (let i = 1; i <= 12; i++) follow(seed + i)
})
