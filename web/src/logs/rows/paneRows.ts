import type { LogFilter } from './filter'
import type { LogRow } from './row'
import { RowStore } from './rowStore'

/**
 * All rows of one pane: the live store, which grows with the log, and the frozen one that is shown instead while the
 * reader does not follow. The only owner of both; lives as long as its pane.
 */
export class PaneRows {
  live: RowStore
  /** Null while the reader follows. */
  frozen: RowStore | null = null
  /** The rows from before the reader cleared the pane; null when it was not cleared. */
  private cleared: RowStore | null = null

  constructor(private filter: LogFilter) {
    this.live = new RowStore(filter)
  }

  /** The store that the page shows. */
  get shown(): RowStore {
    return this.frozen ?? this.live
  }

  get isCleared(): boolean {
    return this.cleared !== null
  }

  /** The live store, and the frozen one when there is one. */
  get stores(): RowStore[] {
    return this.frozen ? [this.live, this.frozen] : [this.live]
  }

  setFilter(filter: LogFilter): void {
    this.filter = filter
    for (const store of this.stores) store.setFilter(filter)
  }

  /** An empty store with this pane's filter, for rows around another moment. */
  emptyStore(): RowStore {
    return new RowStore(this.filter)
  }

  /** Empties the live store and follows it. @param sources the pane's containers */
  clear(sources: Iterable<number>): void {
    this.cleared = this.live
    this.live = new RowStore(this.filter)
    for (const source of sources) this.live.begin(source, false)
    this.frozen = null
  }

  /** Puts the rows back that `clear` removed, before those that arrived since. */
  undoClear(): void {
    this.frozen = null
    if (!this.cleared) return
    for (const row of this.live.all) this.cleared.append([row])
    this.live = this.cleared
    this.live.setFilter(this.filter)
    this.cleared = null
  }

  /** The gap with this number, in either store; null when there is none. */
  findGap(n: number): Extract<LogRow, { kind: 'gap' }> | null {
    for (const { all } of this.stores)
      for (const row of all) if (row.n === n && row.kind === 'gap') return row
    return null
  }
}
