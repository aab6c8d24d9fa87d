import type { LinkState } from '../connection/state'
import type { Frame, Request } from '../protocol/types'
import type { Level, LevelName } from '../logs/text/level'
import type { Target } from '../logs/target'

/** What the page tells the worker, and what the worker reports: plain values, so that they can be posted. */

export interface Member {
  /** The container's number in its pane, for good. */
  source: number
  target: Target
}

/** What is asked of a pane's rows, as the reader sets it. */
export interface SieveOrder {
  levels: LevelName[] | null
  muted: number[]
  stderrOnly: boolean
  text: string
  caseSensitive: boolean
  only: boolean
}

/** What the page shows and where it stands; giving it is also leave to send the next view. */
export interface Look {
  /** True: keep to the newest line. */
  follow: boolean
  /** Of the page, in lines: what is at its top, and how many it is high. */
  top: number
  height: number
  /** The row at the top and the line that the page believes it stands at; null when it has none. */
  anchor: { n: number; line: number } | null
  wrap: boolean
  columns: number
}

export type Stride = 'hit' | 'error' | 'warn' | 'line'

export type WorkerCommand =
  | { order: 'start' | 'stop' | 'retry' | 'nudge' }
  | { order: 'network'; online: boolean }
  | { order: 'send'; request: Request }
  /** Answered at once by `alive`, unless a pattern of the reader's takes for ever. */
  | { order: 'ask'; id: number }
  | { order: 'open'; pane: number; members: Member[]; sieve: SieveOrder; at: string | null; lines: number }
  | { order: 'members'; pane: number; members: Member[] }
  | { order: 'close'; pane: number }
  | { order: 'look'; pane: number; look: Look }
  | { order: 'sift'; pane: number; sieve: SieveOrder }
  | { order: 'walk'; pane: number; stride: Stride; by: 1 | -1; from: number | null }
  | { order: 'jump'; pane: number; time: string }
  | { order: 'fill'; pane: number; n: number }
  | { order: 'unfold'; pane: number; n: number | null; open: boolean }
  | { order: 'measured'; pane: number; rows: [n: number, lines: number][] }
  | { order: 'mark'; text: string; time: string }
  | { order: 'clear'; pane: number; undo: boolean }
  | { order: 'search-older'; pane: number; on: boolean }
  /** Answered by `text`: rows from one number to the other, or all that are shown. */
  | { order: 'text'; id: number; pane: number; from: number | null; to: number | null; form: TextForm }

export type TextForm = 'text' | 'full' | 'jsonl'

/** A row as the page draws it. */
export interface RowView {
  n: number
  kind: 'line' | 'gap' | 'state' | 'marker'
  source: number
  time: string
  /** Of the line before it that is shown; empty at the beginning. */
  before: string
  /** With its escapes, at most as much as a row shows. */
  text: string
  /** Characters that are not in `text`. */
  more: number
  stderr: boolean
  level: Level
  lines: number
  /** Hits: begin and end in the plain text, begin and end … */
  ranges: number[]
  json: boolean
  /** Unfolded, line by line; null when folded. */
  pretty: string[] | null
  /** Of a gap: its reason, how many are missing, and whether they can be had. */
  gap: {
    reason: string
    count: number | null
    fill: 'can' | 'cannot' | 'loading' | 'failed'
    note: string | null
  } | null
  /** Of a state row: the word and Docker's. */
  state: string | null
}

export interface SourceView {
  source: number
  ready: boolean
  refusal: string | null
  state: string | null
  stateMessage: string | null
}

export interface View {
  pane: number
  rows: RowView[]
  /** The line of the page at which the first of them stands. */
  fromLine: number
  totalLines: number
  totalRows: number
  /** Before anything was left out. */
  allRows: number
  following: boolean
  /** Lines that came since the reader stopped following. */
  missed: number
  /** Lines that have come since the pane opened, and errors among them. */
  arrived: number
  errors: number
  counts: Record<LevelName, number>
  hits: { count: number; at: number | null } | null
  badQuery: string | null
  /** Where the reader is to be taken; another `id` each time. */
  goto: { id: number; n: number; line: number; select: boolean } | null
  older: 'more' | 'loading' | 'none' | 'failed'
  newer: 'more' | 'loading' | 'none' | 'failed'
  /** Why older or newer lines could not be read. */
  storeProblem: string | null
  searching: boolean
  /** Of the oldest row: what a search has looked through. */
  since: string
  cleared: boolean
  sources: SourceView[]
}

export type WorkerEvent =
  | { report: 'link'; state: LinkState }
  | { report: 'opened' }
  | { report: 'frame'; frame: Frame }
  | { report: 'alive'; id: number }
  | { report: 'view'; view: View }
  | { report: 'text'; id: number; text: string; rows: number }
