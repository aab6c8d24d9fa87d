import type { LogGap, LogStateFrame } from '../../protocol/types'
import type { PaneRows } from '../rows/paneRows'
import type { GapRow, LineRow } from '../rows/row'
import { RowFactory } from '../rows/rowFactory'
import { HeldLines } from './heldLines'
import type { PaneClocks } from './paneClocks'
import type { Tail, TailSink } from './tail'
import type { Schedule } from './viewScheduler'

/** A pane keeps at most this many rows of its live log. */
export const MAX_LIVE_ROWS = 100_000

/** Live lines of one container, as they arrived. */
interface Arrived {
  source: number
  logs: readonly unknown[]
  streams: string
}

/** Turns what the tails of a pane receive into rows of the live store, and counts them. Lives as long as its pane. */
export class LiveFeed implements TailSink {
  /** Lines that arrived live, and the errors among them. */
  count = 0
  errors = 0

  private readonly factory: RowFactory
  /** Lines of several hosts wait here for older ones of a slower link. */
  private readonly held: HeldLines<Arrived>
  /** The newest place of a live line, by host. */
  private readonly newest = new Map<string, string>()

  /** @param measure sets the height of a line that is new */
  constructor(
    private readonly rows: PaneRows,
    private readonly measure: (line: LineRow) => void,
    private readonly changed: (urgent: boolean) => void,
    private readonly clocks: PaneClocks,
    schedule: Schedule,
  ) {
    this.factory = new RowFactory((source) => clocks.aheadOf(source))
    this.held = new HeldLines(schedule, (held) => this.release(held))
  }

  lines({ source }: Tail, logs: readonly unknown[], streams: string): void {
    const { hold } = this.clocks
    if (hold === 0) this.release([{ source, logs, streams }])
    else this.held.add({ source, logs, streams }, logs.length, hold)
  }

  /** Shows the lines that are held. */
  flush(): void {
    this.held.flush()
  }

  close(): void {
    this.held.stop()
  }

  backlog(tail: Tail, logs: readonly unknown[], streams: string): void {
    this.flush()
    const { source, moreBefore } = tail
    const { live } = this.rows
    live.remove((row) => row.source === source)
    live.begin(source, moreBefore)
    live.append(this.measured(this.factory.liveLines(source, logs, streams)))
    live.keepNewest(MAX_LIVE_ROWS)
    this.changed(true)
  }

  gap(tail: Tail, frame: LogGap): void {
    this.flush()
    // Lines that cannot be read before a backlog: it is the only gap that is not after the lines that are here.
    const isBefore = frame.reason === 'damaged' && frame.from === null
    const row = this.factory.gap(tail.source, isBefore ? null : tail.cursor, frame)
    if (row && isBefore) this.rows.live.prepend([row])
    else if (row) this.rows.live.append([row])
    this.changed(true)
  }

  state(tail: Tail, frame: LogStateFrame): void {
    this.flush()
    this.rows.live.append([this.factory.state(tail.source, frame)])
    this.changed(true)
  }

  /** Adds the reader's marker after all rows that are here. */
  marker(text: string, time: string): void {
    this.flush()
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

  private release(arrived: readonly Arrived[]): void {
    const { live } = this.rows
    const before = new Map(this.newest)
    for (const { source, logs, streams } of arrived) {
      const rows = this.measured(this.factory.liveLines(source, logs, streams))
      this.count += rows.length
      for (const row of rows) if (row.level === 'error') this.errors++
      this.markLate(source, rows, before)
      live.append(rows)
    }
    live.keepNewest(MAX_LIVE_ROWS)
    this.changed(false)
  }

  /** Marks lines that come before lines of other hosts which have been shown. @param shown the newest place, by host */
  private markLate(source: number, rows: readonly LineRow[], shown: ReadonlyMap<string, string>): void {
    const host = this.clocks.of(source)?.host
    if (host === undefined) return
    let limit = ''
    for (const [other, at] of shown) if (other !== host && at > limit) limit = at
    for (const row of rows) {
      row.late = row.at !== '' && row.at < limit
      if (row.at > (this.newest.get(host) ?? '')) this.newest.set(host, row.at)
    }
  }

  private measured(lines: LineRow[]): LineRow[] {
    lines.forEach(this.measure)
    return lines
  }
}
