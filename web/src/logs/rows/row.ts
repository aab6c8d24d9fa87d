import type { Level } from '../text/level'

/** One row of a log, as the worker keeps it. `n` is its number in its pane for good, wherever it stands. */
interface Common {
  n: number
  /** Which of the pane's containers it is of; -1 for what concerns all of them. */
  source: number
  /** Lines that it is high on the page. */
  lines: number
  /** True when the ring has let it go. */
  gone: boolean
}

/** A line of the container's. Keeps the wire's own string, and finds time and text in it. */
export class Line implements Common {
  readonly kind = 'line'
  lines = 1
  gone = false
  /** Unfolded: a JSON line shown over several lines. */
  open = false
  /** The page has measured it for this many columns; 0 when not. */
  measuredFor = 0
  level: Level = null

  constructor(
    readonly n: number,
    readonly source: number,
    readonly wire: string,
    /** Where the text begins; 0 when there is no timestamp. */
    private readonly textAt: number,
    readonly stderr: boolean,
  ) {}

  /** Docker's nine-digit timestamp; empty when the line had none. */
  get time(): string {
    return this.textAt === 0 ? '' : this.wire.slice(0, this.textAt - 1)
  }

  get text(): string {
    return this.wire.slice(this.textAt)
  }
}

/** Lines that are missing here. */
export interface Gap extends Common {
  kind: 'gap'
  time: string
  reason: string
  count: number | null
  /** Cursors of the last line before it and the first one after it; null when nobody knows. */
  from: string | null
  to: string | null
  filling: 'no' | 'loading' | 'failed'
  /** Why it could not be filled. */
  note: string | null
}

/** What happened to the container: stopped, restarted, re-created … */
export interface Turn extends Common {
  kind: 'state'
  time: string
  state: string
  message: string | null
}

/** A person's own mark, across panes. */
export interface Marker extends Common {
  kind: 'marker'
  time: string
  text: string
}

export type Row = Line | Gap | Turn | Marker

const STAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/
/** Of a timestamp as Docker writes it: `2025-11-25T22:52:30.123456789Z`. */
const USUAL = 30

/** Splits what the wire calls a log line: timestamp, one space, text. */
export function lineOf(n: number, source: number, wire: unknown, stream: string): Line {
  const line = typeof wire === 'string' ? wire : ''
  return new Line(n, source, line, textStart(line), stream === 'e')
}

function textStart(line: string): number {
  // At ten thousand a second it pays to look at two characters before the pattern.
  if (line.charCodeAt(USUAL - 1) === 0x5a && (line.length === USUAL || line[USUAL] === ' '))
    return STAMP.test(line.slice(0, USUAL)) ? USUAL + 1 : 0
  const space = line.indexOf(' ')
  const end = space < 0 ? line.length : space
  return end <= 40 && STAMP.test(line.slice(0, end)) ? end + 1 : 0
}

/** Bytes that a row keeps in memory, about. */
export function weightOf(row: Row): number {
  return row.kind === 'line' ? 96 + row.wire.length : 160
}
