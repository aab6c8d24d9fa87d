import type { SearchProgress } from '../search/searchLogs'
import type { Level, LevelName } from '../text/levels'
import type { SearchedHost } from './searchedHosts'
import type { UncertainOrder } from './uncertainOrder'
import type { WholeCount } from './hitCount'

/** What the page draws of a pane. Plain values only, so that they can be posted. */

export interface RowView {
  n: number
  kind: 'line' | 'gap' | 'state' | 'marker'
  source: number
  /** That decides its place: by the relay's clock where lines of several hosts are merged. */
  time: string
  /** The same by the clock of its host; empty when that is no other. */
  own: string
  /** Why its place among lines of another host is not certain; null when it is. */
  unsure: UncertainOrder | null
  /** Whether it came after newer lines of other hosts had been shown. */
  late: boolean
  /** The time of the shown row before this one; empty for the first. */
  before: string
  /** With its escape sequences, cut to what a row shows. */
  text: string
  /** How many characters were cut off. */
  more: number
  stderr: boolean
  level: Level
  lines: number
  /** Search hits as offsets in the plain text: begin, end, begin, end … */
  ranges: number[]
  json: boolean
  /** The unfolded JSON, one string per line; null when folded. */
  pretty: string[] | null
  /** Of a gap: its reason, how many lines are missing, and whether they can be loaded. */
  gap: {
    reason: string
    count: number | null
    fill: 'can' | 'cannot' | 'loading' | 'failed'
    note: string | null
  } | null
  /** Of a state row: the state; `text` is Docker's message. */
  state: string | null
}

export interface SourceView {
  source: number
  ready: boolean
  refusal: string | null
  state: string | null
  stateMessage: string | null
}

/** What came of the command to go to another line. */
export type SeekResult =
  /** It was found when the reader had moved: the page stays until the reader agrees. */
  | { kind: 'found'; time: string }
  /** There is none; `whole`: in the whole log, else among the loaded lines; `filtered`: the filter may hide others. */
  | { kind: 'none'; target: 'hit' | 'error' | 'warn'; whole: boolean; filtered: boolean }
  /** The filter hides all lines of this level. */
  | { kind: 'hidden'; target: 'error' | 'warn' }

export type StoreState = 'more' | 'loading' | 'none' | 'failed'

export interface PaneView {
  pane: number
  rows: RowView[]
  /** The line of the log at which the first of `rows` stands. */
  fromLine: number
  totalLines: number
  totalRows: number
  /** The lines that the filter shows, without gaps and marks. */
  shownLines: number
  /** All rows, before the filter. */
  allRows: number
  following: boolean
  /** Lines that arrived since the reader stopped following. */
  missed: number
  /** Lines that arrived since the pane opened, and the errors among them. */
  arrived: number
  errors: number
  counts: Record<LevelName, number>
  hits: { count: number; at: number | null } | null
  /** Lines of the whole log that the filter shows and its search text matches; null when all of them are loaded. */
  whole: WholeCount | null
  badQuery: string | null
  /** Where the page has to scroll to; each request has another `id`. */
  scrollTo: { id: number; n: number; line: number; select: boolean } | null
  older: StoreState
  newer: StoreState
  /** Why older or newer lines could not be read. */
  storeProblem: string | null
  /** Why the whole log could not be searched. */
  searchProblem: string | null
  /** Per host what the last search has read; null while none has ended, and for logs of one host. */
  searchedHosts: SearchedHost[] | null
  searching: boolean
  /** How far the search in the stored log is; null while none runs. */
  searched: SearchProgress | null
  /** Null while there is nothing to say. */
  sought: SeekResult | null
  /** The time of the oldest row: how far back a search has looked. */
  since: string
  cleared: boolean
  sources: SourceView[]
}

export type LogEvent =
  { type: 'view'; view: PaneView } | { type: 'text'; id: number; text: string; rows: number }
