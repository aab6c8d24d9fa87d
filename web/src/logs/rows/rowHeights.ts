import type { PaneRows } from './paneRows'
import type { LineRow } from './row'
import { layoutKey, rowHeight, type TextLayout } from './textLayout'

/** Keeps the heights of a pane's rows: computed where possible, else as the page measured them. Owned by the pane. */
export class RowHeights {
  constructor(
    private readonly rows: PaneRows,
    private readonly layout: () => TextLayout,
    private readonly changed: () => void,
  ) {}

  measure(line: LineRow): void {
    line.lines = rowHeight(line, this.layout())
  }

  measureAll(): void {
    for (const { all } of this.rows.stores) for (const row of all) if (row.kind === 'line') this.measure(row)
    this.update()
  }

  /** @param n the row; null for all rows */
  unfold(n: number | null, open: boolean): void {
    for (const row of this.rows.shown.all) {
      if (row.kind !== 'line' || (n !== null && row.n !== n)) continue
      row.open = open
      row.measuredFor = 0
      this.measure(row)
    }
    this.update()
  }

  /** Takes over heights that the page measured because they could not be computed. */
  useMeasured(measured: readonly [n: number, lines: number][]): void {
    const heights = new Map(measured)
    for (const row of this.rows.shown.shown) {
      const lines = heights.get(row.n)
      if (lines === undefined || row.kind !== 'line') continue
      row.lines = lines
      row.measuredFor = layoutKey(this.layout())
    }
    this.update()
  }

  private update(): void {
    for (const store of this.rows.stores) store.updateHeights()
    this.changed()
  }
}
