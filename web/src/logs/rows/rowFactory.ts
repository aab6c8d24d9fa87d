import type { LogGap, LogStateFrame } from '../../protocol/types'
import { continues, levelOf, type Level } from '../text/level'
import { plainText } from '../text/plainText'
import { lineOf, type Gap, type Line, type Marker, type Turn } from './row'
import type { Tail } from '../pane/tail'

/**
 * Makes rows of what the wire brings to one pane: numbers them, and finds the level of each line, which those that
 * continue it share. As long as its pane.
 */
export class Intake {
  private numbers = 0
  private readonly lastLevels = new Map<number, Level>()
  /** Rows that stand where a resumption failed, until their `log_gap` says more. */
  private readonly seams = new Map<number, Gap>()

  /** Lines that have just come; what comes next of the same container may continue the last of them. */
  newest(source: number, logs: readonly unknown[], streams: string): Line[] {
    return this.read(source, logs, streams, this.lastLevels)
  }

  /** Lines of the store. */
  stored(source: number, logs: readonly unknown[], streams: string): Line[] {
    return this.read(source, logs, streams, new Map())
  }

  /** Null when the gap was there already, and is only better known now. */
  gap(tail: Tail, { reason, from, to, count }: LogGap): Gap | null {
    const seam = this.seams.get(tail.source)
    if (seam && reason !== 'seam') {
      Object.assign(seam, { reason, from: from ?? seam.from, to, count })
      this.seams.delete(tail.source)
      return null
    }
    const row: Gap = {
      ...this.common(tail.source),
      kind: 'gap',
      time: '',
      reason,
      from: from ?? tail.cursor,
      to,
      count,
      filling: 'no',
      note: null,
    }
    if (reason === 'seam') this.seams.set(tail.source, row)
    return row
  }

  turn(tail: Tail, { state, message, at }: LogStateFrame): Turn {
    return { ...this.common(tail.source), kind: 'state', time: at ?? '', state, message }
  }

  mark(text: string, time: string): Marker {
    return { ...this.common(-1), kind: 'marker', time, text }
  }

  private read(
    source: number,
    logs: readonly unknown[],
    streams: string,
    levels: Map<number, Level>,
  ): Line[] {
    let last = levels.get(source) ?? null
    const rows = logs.map((wire, i) => {
      const line = lineOf(this.numbers++, source, wire, streams.charAt(i))
      const text = plainText(line.text)
      last = line.level = last !== null && continues(text) ? last : levelOf(text)
      return line
    })
    levels.set(source, last)
    return rows
  }

  private common(source: number) {
    return { n: this.numbers++, source, lines: 1, gone: false }
  }
}
