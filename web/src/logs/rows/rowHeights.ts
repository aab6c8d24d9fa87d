import { columnsOf, heightOf } from './textLayout'
import type { Pane } from '../pane/paneModel'
import type { Line, Row } from './row'

/** How high the lines of a pane stand on the page: computed where that can be, else as the page measured them. */
export class Ruler {
  constructor(private readonly pane: Pane) {}

  measure(line: Line): void {
    line.lines = heightOf(line, this.pane.look)
  }

  measureAll(): void {
    for (const row of this.rows()) if (row.kind === 'line') this.measure(row)
    this.done()
  }

  /** @param n the row; null for all of them */
  unfold(n: number | null, open: boolean): void {
    for (const row of this.pane.picture.all) {
      if (row.kind !== 'line' || (n !== null && row.n !== n)) continue
      row.open = open
      row.measuredFor = 0
      this.measure(row)
    }
    this.done()
  }

  /** The page has measured what could not be computed. */
  believe(measured: readonly [n: number, lines: number][]): void {
    const heights = new Map(measured)
    for (const row of this.pane.picture.shown) {
      const lines = heights.get(row.n)
      if (lines === undefined || row.kind !== 'line') continue
      row.lines = lines
      row.measuredFor = columnsOf(this.pane.look)
    }
    this.done()
  }

  private *rows(): Generator<Row> {
    yield* this.pane.live.all
    if (this.pane.still) yield* this.pane.still.all
  }

  private done(): void {
    this.pane.live.remeasure()
    this.pane.still?.remeasure()
    this.pane.world.changed(this.pane, true)
  }
}
