import type { LogGap, LogStateFrame } from '../../protocol/types'
import { continues, levelOf, type Level } from '../text/level'
import { plainText } from '../text/plainText'
import { parseLine, type GapRow, type LineRow, type MarkerRow, type StateRow } from './row'

/** The reason of a gap whose `log_gap` frame has not arrived yet. Never on the wire. */
export const PROVISIONAL = 'provisional'

/**
 * Makes numbered rows of what the relay sends to one pane, and finds the level of each line. A line that continues
 * the line before it has the same level. Lives as long as its pane.
 */
export class RowFactory {
  private numbers = 0
  private readonly lastLevels = new Map<number, Level>()
  /** Gaps where a resume failed, by source, until their `log_gap` frame arrives. */
  private readonly provisional = new Map<number, GapRow>()

  /** Lines that have just arrived. The next ones of the same container may continue the last of them. */
  liveLines(source: number, logs: readonly unknown[], streams: string): LineRow[] {
    return this.parse(source, logs, streams, this.lastLevels)
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
    const row: GapRow = {
      ...this.base(source),
      kind: 'gap',
      time: '',
      reason,
      from: from ?? cursor,
      to,
      count,
      filling: 'no',
      note: null,
    }
    if (reason === PROVISIONAL) this.provisional.set(source, row)
    return row
  }

  state(source: number, { state, message, at }: LogStateFrame): StateRow {
    return { ...this.base(source), kind: 'state', time: at ?? '', state, message }
  }

  marker(text: string, time: string): MarkerRow {
    return { ...this.base(-1), kind: 'marker', time, text }
  }

  private parse(
    source: number,
    logs: readonly unknown[],
    streams: string,
    levels: Map<number, Level>,
  ): LineRow[] {
    let last = levels.get(source) ?? null
    const rows = logs.map((wire, i) => {
      const line = parseLine(this.numbers++, source, wire, streams.charAt(i))
      const text = plainText(line.text)
      last = line.level = last !== null && continues(text) ? last : levelOf(text)
      return line
    })
    levels.set(source, last)
    return rows
  }

  private base(source: number) {
    return { n: this.numbers++, source, lines: 1, dropped: false }
  }
}
