import { nameOf, type LevelName } from '../text/levels'
import { plainText } from '../text/plainText'
import { ChunkedList } from './chunkedList'
import { isInRange, type LogFilter } from './filter'
import { mergedAgain, mergeInPlace, mergeNewer, mergeOlder } from './merge'
import { bytesOf, placedAt, type LogRow } from './row'

/** Which part of one container's stored log a row store holds. */
export interface Coverage {
  /** Cursors of its first and last line; null when only their times are known. */
  first: string | null
  last: string | null
  moreBefore: boolean
  moreAfter: boolean
}

/**
 * The rows of a pane in their order, with two derived lists: the rows that pass the filter, and the rows that the
 * query matches.
 */
export class RowStore {
  all = new ChunkedList<LogRow>()
  /** The same list as `all` while the filter hides nothing. */
  shown = this.all
  hits: ChunkedList<LogRow> | null = null
  counts: Record<LevelName, number> = { error: 0, warn: 0, info: 0, debug: 0, other: 0 }
  /** Approximate memory of all rows. */
  bytes = 0
  /** By source. */
  coverage = new Map<number, Coverage>()
  /**
   * Where a search for older rows continues. With it, the rows before `coverage` are only those that the filter shows,
   * so that another filter needs another store. Null while no rows were added by a search.
   */
  searchedTo: string | null = null
  /** The same for newer rows, after `coverage`. */
  searchedOn: string | null = null
  /** Receives all rows that are added after the first ones, and those of them that are hits, or without a query shown. */
  appended: ((rows: readonly LogRow[], hits: readonly LogRow[]) => void) | null = null
  /** Rows that are no lines: gaps, states and markers. */
  private marks = 0

  constructor(private filter: LogFilter) {
    this.setFilter(filter)
  }

  /** Notes that a container's rows begin here, with nothing of its stored log read yet. */
  begin(source: number, moreBefore: boolean): void {
    this.coverage.set(source, { first: null, last: null, moreBefore, moreAfter: false })
  }

  /** Adds rows of one container that are newer than those already here. */
  append(rows: readonly LogRow[]): void {
    mergeNewer(this.all, rows)
    const hits = this.derive(rows, mergeNewer)
    this.appended?.(rows, hits)
  }

  /** Adds rows of one container that are older than those already here. */
  prepend(rows: readonly LogRow[]): void {
    mergeOlder(this.all, rows)
    this.derive(rows, mergeOlder)
  }

  /** Replaces a gap by the rows that were missing; does nothing when the gap is not here. */
  fill(gap: LogRow, rows: readonly LogRow[]): void {
    if (!mergeInPlace(this.all, gap, rows)) return
    this.setFilter(this.filter)
    this.appended?.(
      [],
      rows.filter((row) => this.shows(row) && (this.hits === null || this.isHit(row))),
    )
  }

  /** The times that decide the places have changed. */
  mergeAgain(): void {
    this.all = mergedAgain(this.all)
    this.setFilter(this.filter)
  }

  remove(condition: (row: LogRow) => boolean): void {
    this.all = this.all.filter((row) => !condition(row))
    this.setFilter(this.filter)
  }

  /** Changes the filter and derives everything from `all` again. */
  setFilter(filter: LogFilter): void {
    this.filter = filter
    this.counts = { error: 0, warn: 0, info: 0, debug: 0, other: 0 }
    this.bytes = 0
    this.marks = 0
    for (const row of this.all) this.count(row, 1)
    this.shown = this.hidesRows() ? this.all.filter((row) => this.shows(row)) : this.all
    if (!filter.query) this.hits = null
    else this.hits = filter.only ? this.shown : this.shown.filter((row) => this.isHit(row))
  }

  /** Drops the oldest rows until at most `max` are left. */
  keepNewest(max: number): void {
    if (this.all.size <= max) return
    while (this.all.size > max) this.dropOldest()
    this.dropDerived()
    for (const part of this.coverage.values()) Object.assign(part, { first: null, moreBefore: true })
  }

  /** Drops the newest rows until at most `max` are left; for a frozen store that grows at its old end. */
  keepOldest(max: number): void {
    if (this.all.size <= max) return
    this.all.splice(max, this.all.size - max, [])
    this.setFilter(this.filter)
    for (const part of this.coverage.values()) Object.assign(part, { last: null, moreAfter: true })
  }

  /** Drops the oldest rows until at most `max` are left; for a frozen store that grows at its new end. */
  keepLast(max: number): void {
    if (this.all.size <= max) return
    this.all.splice(0, this.all.size - max, [])
    this.setFilter(this.filter)
    for (const part of this.coverage.values()) Object.assign(part, { first: null, moreBefore: true })
  }

  /** Whether a search has added rows that are right for this filter only. */
  get isOfItsFilter(): boolean {
    return this.searchedTo !== null || this.searchedOn !== null
  }

  /** How many lines the filter shows. */
  get shownLines(): number {
    return Math.max(0, this.shown.size - this.marks)
  }

  copy(): RowStore {
    const copy = new RowStore(this.filter)
    copy.all = this.all.copy()
    copy.shown = this.shown === this.all ? copy.all : this.shown.copy()
    copy.hits = this.hits === null ? null : this.hits === this.shown ? copy.shown : this.hits.copy()
    copy.counts = { ...this.counts }
    copy.bytes = this.bytes
    copy.searchedTo = this.searchedTo
    copy.searchedOn = this.searchedOn
    copy.marks = this.marks
    copy.coverage = new Map([...this.coverage].map(([source, part]) => [source, { ...part }]))
    return copy
  }

  /** Sums the heights again after rows have changed theirs. */
  updateHeights(): void {
    for (const list of new Set([this.all, this.shown, this.hits])) list?.updateHeights()
  }

  shows(row: LogRow): boolean {
    const { levels, muted, stderrOnly, query, only, range } = this.filter
    if (row.source >= 0 && muted.has(row.source)) return false
    if (range && !isInRange(placedAt(row), range)) return false
    if (row.kind !== 'line') return true
    if (stderrOnly && !row.stderr) return false
    if (levels && !levels.has(nameOf(row.level))) return false
    return !only || query === null || query.matches(plainText(row.text))
  }

  /** Whether the filter can hide rows. */
  hidesRows(): boolean {
    return this.filter.range !== null || this.hidesInRange()
  }

  /** Whether the filter can hide rows of its time range. */
  hidesInRange(): boolean {
    const { levels, muted, stderrOnly, query, only } = this.filter
    return levels !== null || muted.size > 0 || stderrOnly || (only && query !== null)
  }

  /** Whether a line at this time, and with it every older one, is before the filter's time range. */
  isBeforeRange(time: string | undefined): boolean {
    const since = this.filter.range?.since ?? null
    return since !== null && time !== undefined && time !== '' && time < since
  }

  /** Whether a line at this time, and with it every newer one, is after the filter's time range. */
  isAfterRange(time: string | undefined): boolean {
    const until = this.filter.range?.until ?? null
    return until !== null && time !== undefined && time !== '' && time > until
  }

  private isHit(row: LogRow): boolean {
    return row.kind === 'line' && this.filter.query !== null && this.filter.query.matches(plainText(row.text))
  }

  /** Returns the hits; without a query, the rows that are shown. */
  private derive(rows: readonly LogRow[], merge: typeof mergeOlder): readonly LogRow[] {
    for (const row of rows) this.count(row, 1)
    const shown = this.shown === this.all ? rows : rows.filter((row) => this.shows(row))
    if (this.shown !== this.all) merge(this.shown, shown)
    if (this.hits === null || this.hits === this.shown) return shown
    const hits = shown.filter((row) => this.isHit(row))
    merge(this.hits, hits)
    return hits
  }

  private dropOldest(): void {
    const row = this.all.shift()
    if (!row) return
    row.dropped = true
    this.count(row, -1)
  }

  private dropDerived(): void {
    for (const list of [this.shown, this.hits])
      if (list && list !== this.all) while (list.first?.dropped) list.shift()
  }

  private count(row: LogRow, by: 1 | -1): void {
    this.bytes += by * bytesOf(row)
    if (row.kind === 'line') this.counts[nameOf(row.level)] += by
    else this.marks += by
  }
}
