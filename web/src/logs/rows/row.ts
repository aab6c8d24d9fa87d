import type { Level } from '../text/levels'
import { earlier } from './sourceClock'

/** What all rows of a log have in common. */
interface RowBase {
  /** The row's number in its pane. It never changes, wherever the row stands. */
  n: number
  /** The number of the row's container in its pane; -1 when the row concerns all of them. */
  source: number
  /** Height on the page, in lines. */
  lines: number
  /** True after the row store has dropped the row. */
  dropped: boolean
}

/** A log line of a container. Keeps the string from the wire, and finds time and text in it. */
export class LineRow implements RowBase {
  readonly kind = 'line'
  lines = 1
  dropped = false
  /** True while a JSON line is unfolded over several lines. */
  open = false
  /** The layout (see `layoutKey`) for which the page measured the height; 0 when it was computed. */
  measuredFor = 0
  level: Level = null
  /** True when it arrived after newer lines of other hosts had been shown. */
  late = false
  /** The time by the relay's clock; null when it is the line's own. */
  private placed: string | null = null

  constructor(
    readonly n: number,
    readonly source: number,
    readonly wire: string,
    /** Index of the text in `wire`; 0 when there is no timestamp. */
    private readonly textAt: number,
    readonly stderr: boolean,
  ) {}

  /** Docker's nine-digit timestamp; empty when the line has none. */
  get time(): string {
    return this.textAt === 0 ? '' : this.wire.slice(0, this.textAt - 1)
  }

  /** The time that decides the line's place: its own, or by the relay's clock if its host's is another. */
  get at(): string {
    return this.placed ?? this.time
  }

  /** @param ahead by how many ms the host's clock is ahead of the relay's */
  place(ahead: number): void {
    this.placed = ahead === 0 ? null : earlier(this.time, ahead)
  }

  get text(): string {
    return this.wire.slice(this.textAt)
  }
}

/** Lines are missing here. */
export interface GapRow extends RowBase {
  kind: 'gap'
  time: string
  reason: string
  count: number | null
  /** Cursors of the last line before the gap and the first line after it; null when unknown. */
  from: string | null
  to: string | null
  filling: 'no' | 'loading' | 'failed'
  /** Why the gap could not be filled. */
  note: string | null
}

/** A state change of the container: stopped, restarted, re-created … */
export interface StateRow extends RowBase {
  kind: 'state'
  /** By the host's clock. */
  time: string
  /** By the relay's, if that is another. */
  at: string
  state: string
  message: string | null
}

/** A marker that the reader set in all panes. */
export interface MarkerRow extends RowBase {
  kind: 'marker'
  time: string
  text: string
}

/** The time that decides a row's place; empty for none. A gap has none, and a marker the browser's. */
export function placedAt(row: LogRow): string {
  return row.kind === 'line' || row.kind === 'state' ? row.at : row.time
}

export type LogRow = LineRow | GapRow | StateRow | MarkerRow

const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/
/** Length of a timestamp as Docker writes it: `2025-11-25T22:52:30.123456789Z`. */
const DOCKER_LENGTH = 30

/** Makes a row of a log line from the wire: timestamp, one space, text. */
export function parseLine(n: number, source: number, wire: unknown, stream: string): LineRow {
  const line = typeof wire === 'string' ? wire : ''
  return new LineRow(n, source, line, textStart(line), stream === 'e')
}

function textStart(line: string): number {
  // At ten thousand lines per second, two character checks before the regular expression pay off.
  if (
    line.charCodeAt(DOCKER_LENGTH - 1) === 0x5a &&
    (line.length === DOCKER_LENGTH || line[DOCKER_LENGTH] === ' ')
  )
    return TIMESTAMP.test(line.slice(0, DOCKER_LENGTH)) ? DOCKER_LENGTH + 1 : 0
  const space = line.indexOf(' ')
  const end = space < 0 ? line.length : space
  return end <= 40 && TIMESTAMP.test(line.slice(0, end)) ? end + 1 : 0
}

/** Approximate memory that a row takes, in bytes. */
export function bytesOf(row: LogRow): number {
  return row.kind === 'line' ? 96 + row.wire.length : 160
}
