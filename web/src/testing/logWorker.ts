import type { Viewport } from '../logs/pane/commands'
import type { PaneView } from '../logs/pane/paneView'
import type { LogFilterSpec } from '../logs/rows/filter'
import type { WorkerCommand, WorkerEvent } from '../worker/messages'
import { RelayWorker } from '../worker/relayWorker'
import { FakeEnvironment } from './environment'

/** A worker with one log pane, as the page and the relay see it. `startWorker` makes a new one. */
export let environment: FakeEnvironment
/** What the worker has sent to the page. */
export let views: PaneView[]
export let texts: string[]
let worker: RelayWorker

export const ALL: LogFilterSpec = {
  levels: null,
  muted: [],
  stderrOnly: false,
  text: '',
  caseSensitive: false,
  only: false,
  range: null,
}
export const VIEWPORT: Viewport = {
  follow: true,
  top: 0,
  height: 10,
  anchor: null,
  moves: 0,
  wrap: false,
  columns: 80,
}
export const WEB = { source: 0, target: { controller: 'edge-1', name: 'web', id: null } }
export const DB = { source: 1, target: { controller: 'edge-1', name: 'db', id: null } }

export function startWorker(): void {
  environment = new FakeEnvironment()
  views = []
  texts = []
  worker = new RelayWorker(environment, (event: WorkerEvent) => {
    if (event.type === 'view') views.push(event.view)
    if (event.type === 'text') texts.push(event.text)
  })
  post({ type: 'start' })
  environment.socket.open()
}

// The page.

export const post = (order: WorkerCommand) => worker.handle(order)
export const look = (part: Partial<Viewport> = {}) =>
  post({ type: 'viewport', pane: 1, viewport: { ...VIEWPORT, ...part } })
export const open = (members = [WEB], filter = ALL, at: string | null = null) =>
  post({ type: 'open', pane: 1, members, filter, at, lines: 1000 })
/** A pane with the newest lines, 50 to 59, of a log that has older ones. */
export function openWithOlder() {
  open()
  snapshot(lines(...range(50, 60)), { more_before: true })
  look()
}
export const setFilter = (part: Partial<LogFilterSpec>) =>
  post({ type: 'filter', pane: 1, filter: { ...ALL, ...part } })
export const view = () => views.at(-1)!
export const shown = () => view().rows.map((row) => (row.kind === 'line' ? row.text : `<${row.kind}>`))
/** The text of the row that the page has to scroll to. */
export const selected = () => view().rows.find((row) => row.n === view().scrollTo!.n)?.text

// The relay.

export const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
export const time = (i: number) =>
  `2025-11-25T22:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.000000000Z`
export const lines = (...numbers: number[]) => numbers.map((i) => `${time(i)} line ${i}`)
/** The id of a container's last subscription. */
export const sub = (name = 'web') =>
  environment.socket.sent.filter((one) => one.container === `edge-1/${name}`).at(-1)!.sub as string
export const receive = (type: string, fields: object, name = 'web') =>
  environment.socket.receive({ type, container: name, controller: 'edge-1', sub: sub(name), ...fields })
export const snapshot = (logs: string[], fields: object = {}, name = 'web') =>
  receive(
    'log_snapshot',
    { logs, streams: '', cursor: `after ${logs.length}`, more_before: false, ...fields },
    name,
  )
export const live = (logs: string[], fields: object = {}, name = 'web') =>
  receive('new_logs', { logs, streams: '', cursor: 'later', ...fields }, name)
/** A page of the stored log. */
export const page = (logs: string[], fields: object = {}) => ({
  logs,
  streams: '',
  first: 'first',
  cursor: 'last',
  more_before: false,
  more_after: false,
  anchored: true,
  ...fields,
})
/** A hit of a search. */
export const found = (i: number, text: string, fields: object = {}) => ({
  type: 'hit',
  controller: 'edge-1',
  container: 'web',
  timestamp: time(i),
  stream: 'stdout',
  text,
  cursor: `c${i}`,
  ...fields,
})
/** The last line of a search. */
export const end = (hits: number, fields: object = {}) => ({
  type: 'end',
  complete: true,
  lines: 5000,
  hits,
  next: null,
  failed: [],
  ...fields,
})
/** The parameters of the searches that were requested. */
export const queries = () =>
  environment.fetched
    .filter((path) => path.includes('/logs/search?'))
    .map((path) => Object.fromEntries(new URLSearchParams(path.split('?')[1])))
/** Resolves when everything has happened that needs no time. */
export const settled = () => new Promise((done) => setTimeout(done))
