import type { LogFilterSpec } from '../rows/filter'
import type { Target } from '../target'

/** What the page asks of the log panes in the worker. Plain values only, so that they can be posted. */

export interface PaneMember {
  /** The container's number in its pane; it never changes. */
  source: number
  target: Target
}

/** What the page shows of a pane. Each one also allows the worker to send one more view. */
export interface Viewport {
  /** True: keep the newest line in sight. */
  follow: boolean
  /** The line of the log at the top of the page, and the page's height in lines. */
  top: number
  height: number
  /** The row at the top, and the line at which the page has it; null when the page has no rows. */
  anchor: { n: number; line: number } | null
  /** How often the reader, not a command, has moved the page. */
  moves: number
  wrap: boolean
  columns: number
}

export type FindTarget = 'hit' | 'error' | 'warn' | 'line'

export type TextFormat = 'text' | 'full' | 'jsonl'

export type LogCommand =
  | {
      type: 'open'
      pane: number
      members: PaneMember[]
      filter: LogFilterSpec
      at: string | null
      lines: number
    }
  | { type: 'members'; pane: number; members: PaneMember[] }
  | { type: 'close'; pane: number }
  | { type: 'viewport'; pane: number; viewport: Viewport }
  | { type: 'filter'; pane: number; filter: LogFilterSpec }
  /** `from` is the row to start at; null: start at the edge of the page. */
  | { type: 'find-next'; pane: number; target: FindTarget; by: 1 | -1; from: number | null }
  | { type: 'jump'; pane: number; time: string }
  /** Go to the oldest line of the whole log. */
  | { type: 'oldest'; pane: number }
  | { type: 'fill-gap'; pane: number; n: number }
  | { type: 'unfold'; pane: number; n: number | null; open: boolean }
  | { type: 'measured'; pane: number; rows: [n: number, lines: number][] }
  | { type: 'marker'; text: string; time: string }
  | { type: 'clear'; pane: number; undo: boolean }
  | { type: 'search-older'; pane: number }
  /** Ends the search for lines that are not loaded, and forgets what it has found. */
  | { type: 'stop-search'; pane: number }
  /** Go to the line that was found after the reader had moved. */
  | { type: 'show-found'; pane: number }
  /** Answered by a `text` event: the rows from one number to the other, or all shown rows. */
  | { type: 'text'; id: number; pane: number; from: number | null; to: number | null; format: TextFormat }

export type PaneCommand = Extract<LogCommand, { pane: number }>
