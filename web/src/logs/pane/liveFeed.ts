import type { LogGap, LogStateFrame } from '../../protocol/types'
import type { PaneRows } from '../rows/paneRows'
import type { GapRow, LineRow } from '../rows/row'
import { RowFactory } from '../rows/rowFactory'
import type { Tail, TailSink } from './tail'

/** A pane keeps at most this many rows of its live log. */
export const MAX_LIVE_ROWS = 100_000

/** Turns what the tails of a pane receive into rows of the live store, and counts them. Lives as long as its pane. */
export class LiveFeed implements TailSink {
  /** Lines that arrived live, and the errors among them. */
  count = 0
  errors = 0

  private readonly factory = new RowFactory()

  /** @param measure sets the height of a line that is new */
  constructor(
    private readonly rows: PaneRows,
    private readonly measure: (line: LineRow) => void,
    private readonly changed: (urgent: boolean) => void,
  ) {}

  lines(tail: Tail, logs: readonly unknown[], streams: string): void {
    const { live } = this.rows
    const rows = this.measured(this.factory.liveLines(tail.source, logs, streams))
    this.count += rows.length
    for (const row of rows) if (row.level === 'error') this.errors++
    live.append(rows)
    live.keepNewest(MAX_LIVE_ROWS)
    this.changed(false)
  }

  backlog(tail: Tail, logs: readonly unknown[], streams: string): void {
    const { source, moreBefore } = tail
    const { live } = this.rows
    live.remove((row) => row.source === source)
    live.begin(source, moreBefore)
    live.append(this.measured(this.factory.liveLines(source, logs, streams)))
    live.keepNewest(MAX_LIVE_ROWS)
    this.changed(true)
  }

  gap(tail: Tail, frame: LogGap): void {
    // Lines that cannot be read before a backlog: it is the only gap that is not after the lines that are here.
    const isBefore = frame.reason === 'damaged' && frame.from === null
    const row = this.factory.gap(tail.source, isBefore ? null : tail.cursor, frame)
    if (row && isBefore) this.rows.live.prepend([row])
    else if (row) this.rows.live.append([row])
    this.changed(true)
  }

  state(tail: Tail, frame: LogStateFrame): void {
    this.rows.live.append([this.factory.state(tail.source, frame)])
    this.changed(true)
  }

  /** Adds the reader's marker after all rows that are here. */
  marker(text: string, time: string): void {
    this.rows.live.append([this.factory.marker(text, time)])
    this.changed(true)
  }

  /** Makes rows of lines from the store; the caller places them. */
  stored(source: number, logs: readonly unknown[], streams: string): LineRow[] {
    return this.measured(this.factory.storedLines(source, logs, streams))
  }

  /** The row of lines that the engine cannot read. */
  missing(source: number, lines: { reason: string; from: string | null; to: string | null }): GapRow {
    return this.factory.missing(source, { ...lines, count: null })
  }

  private measured(lines: LineRow[]): LineRow[] {
    lines.forEach(this.measure)
    return lines
  }
}
