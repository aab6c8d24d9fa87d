import type { PaneRows } from '../rows/paneRows'
import type { LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import type { Viewport } from './commands'
import { INITIAL_VIEWPORT, keepAnchor, topFor } from './viewport'

/**
 * Where the reader of a pane is: following or not, the part in sight, and the row that the reader was taken to. Owned by
 * the pane.
 */
export class ReaderPosition {
  viewport = INITIAL_VIEWPORT
  /** Where the page has to scroll to; null when it stays. */
  scrollTarget: { id: number; row: LogRow; select: boolean } | null = null
  /** The row that the reader was last taken to. */
  current: LogRow | null = null

  /** How many lines had arrived when the reader stopped following. */
  private arrivedWhenFrozen = 0
  private scrolls = 0

  /**
   * @param arrived how many lines have arrived
   * @param stopped the reader has stopped following
   */
  constructor(
    private readonly rows: PaneRows,
    private readonly arrived: () => number,
    private readonly stopped: () => void,
  ) {}

  /** True while the reader does not follow. */
  get isFrozen(): boolean {
    return this.rows.frozen !== null
  }

  /** Lines that arrived since the reader stopped following. */
  get missed(): number {
    return this.isFrozen ? this.arrived() - this.arrivedWhenFrozen : 0
  }

  /** The page shows this part. Returns whether it is another one. */
  see(viewport: Viewport): boolean {
    const before = this.viewport
    this.viewport = viewport
    return (
      viewport.follow !== before.follow ||
      viewport.height !== before.height ||
      (!viewport.follow && viewport.top !== before.top)
    )
  }

  /** Stops following. @param store what to show; by default a copy of the rows that are shown now */
  freeze(store?: RowStore): void {
    if (!this.isFrozen) {
      this.arrivedWhenFrozen = this.arrived()
      this.stopped()
    }
    this.rows.frozen = store ?? this.rows.frozen ?? this.rows.live.copy()
  }

  follow(): void {
    this.rows.frozen = this.current = this.scrollTarget = null
  }

  /** Takes the reader to a row. Returns false when it is not shown. */
  scrollTo(row: LogRow, select: boolean): boolean {
    const { shown } = this.rows.shown
    const at = shown.indexOf(row.n)
    if (at < 0) return false
    const top = topFor(shown.linesBefore(at), this.viewport)
    this.viewport = { ...this.viewport, follow: false, top, anchor: null }
    this.scrollTarget = { id: ++this.scrolls, row, select }
    if (select) this.current = row
    return true
  }

  /** Takes the reader to the next row that is shown, when the filter hides the one at the top of the page. */
  scrollToNearest(anchor: LogRow): void {
    const store = this.rows.shown
    if (store.shows(anchor)) return
    const next = store.all.slice(store.all.indexOf(anchor.n)).find((row) => store.shows(row))
    const row = next ?? store.shown.last
    if (row) this.scrollTo(row, false)
  }

  /** The row at the top of the page; null while following. */
  anchorRow(): LogRow | null {
    const { anchor } = this.viewport
    if (!this.rows.frozen || !anchor) return null
    const { shown } = this.rows.frozen
    return shown.at(shown.indexOf(anchor.n)) ?? null
  }

  /** Moves the viewport with its anchor row when rows above that have come or gone. */
  keepAnchor(): void {
    if (this.rows.frozen) this.viewport = keepAnchor(this.viewport, this.rows.frozen.shown)
  }
}
