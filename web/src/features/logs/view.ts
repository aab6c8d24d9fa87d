import type { LogRow } from './line'
import type { LogPane } from './pane'

/**
 * What the reader looks at: the ring itself while following, a still copy of it while not, so that nothing moves
 * under the eyes however fast lines come.
 */
export class LogView {
  /** Null while following. */
  private still: { rows: LogRow[]; first: number; arrived: number } | null = null

  constructor(private readonly pane: LogPane) {}

  get following(): boolean {
    return this.still === null
  }

  get total(): number {
    return this.still ? this.still.rows.length : this.pane.ring.size
  }

  /** Lines that came since the reader stopped following. */
  get missed(): number {
    return this.still ? this.pane.arrived - this.still.arrived : 0
  }

  follow(wanted: boolean): void {
    if (wanted === this.following) return
    const { ring, arrived } = this.pane
    this.still = wanted ? null : { rows: ring.slice(), first: ring.first, arrived }
  }

  /** The row at a position, and the number that it keeps wherever it moves to. */
  row(position: number): { number: number; row: LogRow } | null {
    const first = this.still ? this.still.first : this.pane.ring.first
    const row = this.still ? this.still.rows[position] : this.pane.ring.at(first + position)
    return row ? { number: first + position, row } : null
  }
}
