import type { LogGap, LogStateFrame } from '../../protocol/types'
import { Intake } from '../rows/rowFactory'
import type { Pane } from './paneModel'
import type { Line } from '../rows/row'
import type { Tail, TailSink } from './tail'

export const MOST_ROWS = 100_000

/** What comes of a pane's containers: makes rows of it, for the picture that goes on, and counts it. As its pane. */
export class Arrivals implements TailSink {
  /** Lines that came live, and errors among them. */
  count = 0
  errors = 0

  private readonly intake = new Intake()

  constructor(private readonly pane: Pane) {}

  lines(tail: Tail, logs: readonly unknown[], streams: string): void {
    const rows = this.laid(this.intake.newest(tail.source, logs, streams))
    this.count += rows.length
    for (const row of rows) if (row.level === 'error') this.errors++
    this.pane.live.append(rows)
    this.pane.live.keep(MOST_ROWS)
    this.changed(false)
  }

  backlog(tail: Tail, logs: readonly unknown[], streams: string): void {
    const { source, moreBefore } = tail
    const { live } = this.pane
    live.forget((row) => row.source === source)
    live.edges.set(source, { first: null, last: null, moreBefore, moreAfter: false })
    live.append(this.laid(this.intake.newest(source, logs, streams)))
    live.keep(MOST_ROWS)
    this.changed(true)
  }

  gap(tail: Tail, gap: LogGap): void {
    const row = this.intake.gap(tail, gap)
    if (row) this.pane.live.append([row])
    this.changed(true)
  }

  turn(tail: Tail, frame: LogStateFrame): void {
    this.pane.live.append([this.intake.turn(tail, frame)])
    this.changed(true)
  }

  /** A person's mark, after everything that has come. */
  mark(text: string, time: string): void {
    this.pane.live.append([this.intake.mark(text, time)])
    this.changed(true)
  }

  /** Lines of the store as rows of this pane. */
  stored(source: number, logs: readonly unknown[], streams: string): Line[] {
    return this.laid(this.intake.stored(source, logs, streams))
  }

  private laid(lines: Line[]): Line[] {
    const { look, ruler } = this.pane
    if (look.wrap) for (const line of lines) ruler.measure(line)
    return lines
  }

  private changed(urgent: boolean): void {
    this.pane.world.changed(this.pane, urgent)
  }
}
