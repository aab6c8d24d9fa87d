import type { LogGap, LogStateFrame } from '../../protocol/types'
import { levelOf } from '../text/level'
import type { Level } from '../text/levels'
import { plainText } from '../text/plainText'
import { traceAfter, traceOf, type Trace } from '../text/trace'
import { earlier } from './sourceClock'
import { parseLine, type GapRow, type LineRow, type MarkerRow, type StateRow } from './row'

/** The reason of a gap whose `log_gap` frame has not arrived yet. Never on the wire. */
export const PROVISIONAL = 'provisional'

/** What the last line of a source says about the next one. */
interface LastLine {
  level: Level
  trace: Trace
}

/**
 * Makes numbered rows of what the relay sends to one pane, and finds the level of each line. A line of a
 * stack trace has the level of the line that it belongs to. Lives as long as its pane.
 */
export class RowFactory {
  private numbers = 0
  private readonly lastLines = new Map<number, LastLine>()
  /** Gaps where a resume failed, by source, until their `log_gap` frame arrives. */
  private readonly provisional = new Map<number, GapRow>()

  /** @param aheadOf by how many ms the clock of a source's host is ahead of the relay's */
  constructor(private readonly aheadOf: (source: number) => number = () => 0) {}

  /** Lines that have just arrived. The next ones of the same container may continue the last of them. */
  liveLines(source: number, logs: readonly unknown[], streams: string): LineRow[] {
    return this.parse(source, logs, streams, this.lastLines)
  }

  /** Lines from the store. */
  storedLines(source: number, logs: readonly unknown[], streams: string): LineRow[] {
    return this.parse(source, logs, streams, new Map())
  }

  /**
   * Null when the frame completes a provisional gap, which is already a row.
   *
   * @param cursor of the last line before the gap, if the frame does not say
   */
  gap(source: number, cursor: string | null, { reason, from, to, count }: LogGap): GapRow | null {
    const known = this.provisional.get(source)
    if (known && reason !== PROVISIONAL) {
      Object.assign(known, { reason, from: from ?? known.from, to, count })
      this.provisional.delete(source)
      return null
    }
    const row = this.missing(source, { reason, from: from ?? cursor, to, count })
    if (reason === PROVISIONAL) this.provisional.set(source, row)
    return row
  }

  missing(source: number, gap: Pick<GapRow, 'reason' | 'from' | 'to' | 'count'>): GapRow {
    return { ...this.base(source), kind: 'gap', time: '', ...gap, filling: 'no', note: null }
  }

  state(source: number, { state, message, at }: LogStateFrame): StateRow {
    const time = at ?? ''
    return {
      ...this.base(source),
      kind: 'state',
      time,
      at: earlier(time, this.aheadOf(source)),
      state,
      message,
    }
  }

  marker(text: string, time: string): MarkerRow {
    return { ...this.base(-1), kind: 'marker', time, text }
  }

  private parse(
    source: number,
    logs: readonly unknown[],
    streams: string,
    lines: Map<number, LastLine>,
  ): LineRow[] {
    const ahead = this.aheadOf(source)
    let last = lines.get(source) ?? { level: null, trace: null }
    const rows = logs.map((wire, i) => {
      const line = parseLine(this.numbers++, source, wire, streams.charAt(i))
      const text = plainText(line.text)
      if (ahead !== 0) line.place(ahead)
      last = this.next(text, last)
      line.level = last.level
      return line
    })
    lines.set(source, last)
    return rows
  }

  private next(text: string, last: LastLine): LastLine {
    const trace = traceAfter(text, last.trace, last.level)
    const level = trace === null ? null : last.level
    return level === null ? { level: levelOf(text), trace: trace ?? traceOf(text) } : { level, trace }
  }

  private base(source: number) {
    return { n: this.numbers++, source, lines: 1, dropped: false }
  }
}
