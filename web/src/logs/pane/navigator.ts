import { firstLine, lastLine } from '../rows/coverage'
import type { LogFilterSpec } from '../rows/filter'
import type { PaneRows } from '../rows/paneRows'
import type { LineRow, LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import { linesOf, type SearchedLines } from '../search/searchPath'
import type { FindTarget, Viewport } from './commands'
import { findNext } from './findNext'
import { OLDEST, type StoredLogReader } from './storedLogReader'
import { linesToFind, type FoundHits, type PaneHit, type StoreSearch } from './storeSearch'

/** What the navigator needs of its pane. */
export interface NavigatedPane {
  readonly rows: PaneRows
  readonly stored: StoredLogReader
  readonly search: StoreSearch
  readonly viewport: Viewport
  /** The row that the reader was last taken to; null for none. */
  readonly current: LogRow | null
  readonly spec: LogFilterSpec
  /** The numbers of its containers. */
  sources(): number[]
  /** Makes rows of lines from the store; the caller places them. */
  storedRows(source: number, logs: readonly string[], streams: string): LineRow[]
  /** Stops following. @param store what to show; by default a copy of the rows that are shown now */
  freeze(store?: RowStore): void
  scrollTo(row: LogRow, select: boolean): void
  changed(): void
}

/** How many older lines one search for what the filter shows adds. */
const OLDER_HITS = 500

/** Takes the reader of a pane to other lines of the log, loaded or not. */
export class Navigator {
  constructor(private readonly pane: NavigatedPane) {}

  /** To the next or previous hit, error, warning or line. */
  async findNext(target: FindTarget, by: 1 | -1, from: number | null): Promise<void> {
    const { pane } = this
    pane.freeze()
    const store = pane.rows.shown
    if (target === 'hit' && store.hits === null) return
    const whole = !hasMore(store, -1) && !hasMore(store, 1)
    const row = findNext(store, target, by, from, pane.viewport, whole)
    if (row) return pane.scrollTo(row, true)
    if (target === 'line' || whole) return
    const lines = linesToFind(target, pane.spec)
    const found = await this.nearestOrWrapped(lines, by, hasMore(store, by) ? edge(store, by, from) : null)
    if (found.kind === 'stopped') return
    if (found.kind === 'found' && found.hits.length > 0) return this.show(found.hits[0]!)
    this.reportProblem(found)
    const wrapped = findNext(store, target, by, from, pane.viewport, true)
    if (wrapped) pane.scrollTo(wrapped, true)
  }

  /** To the log around a time. */
  async goTo(time: string): Promise<void> {
    const { pane } = this
    const store = await pane.stored.readAt(pane.sources(), () => ({ around: time }))
    if (!store) return
    pane.freeze(store)
    const row = store.shown.slice(0).find((one) => one.time >= time) ?? store.shown.last
    if (row) pane.scrollTo(row, true)
    pane.changed()
  }

  /** To the oldest line that the filter shows. */
  async goToOldest(): Promise<void> {
    const { pane } = this
    const { range } = pane.spec
    const { shown } = pane.rows
    if (shown.hidesInRange() && hasMore(shown, -1)) {
      const found = await this.nearest(shownLines(pane.spec), 1, '')
      if (found.kind === 'stopped') return
      if (found.kind === 'found' && found.hits.length > 0) return this.show(found.hits[0]!)
    }
    if (range?.since) return this.goTo(range.since)
    if (hasMore(shown, -1)) {
      const store = await pane.stored.readAt(pane.sources(), () => ({ after: OLDEST }))
      if (!store) return
      pane.freeze(store)
    } else {
      pane.freeze()
    }
    const { first } = pane.rows.shown.shown
    if (first) pane.scrollTo(first, false)
    pane.changed()
  }

  /** Adds the next older lines that the filter shows; without such a filter it goes to the previous hit. */
  async searchOlder(): Promise<void> {
    const { pane } = this
    pane.freeze()
    const store = pane.rows.shown
    if (!store.hidesInRange()) return this.findNext('hit', -1, pane.current?.n ?? null)
    const found = await pane.search.find(shownLines(pane.spec), {
      order: 'newest',
      limit: OLDER_HITS,
      before: edge(store, -1, null),
    })
    if (found.kind === 'found') this.addOlder(store, found.hits, found.next)
    else if (found.kind === 'failed' && found.unsupported) await this.readOlder()
    this.reportProblem(found)
    pane.changed()
  }

  /** For a controller that cannot search. */
  private async readOlder(): Promise<void> {
    const row = await this.pane.stored.searchOlder()
    if (row) this.pane.scrollTo(row, true)
  }

  private addOlder(store: RowStore, hits: readonly PaneHit[], next: string | null): void {
    const known = new Map(
      [...store.coverage.keys()].map((source) => [source, firstLine(store, source)?.time]),
    )
    const isNew = ({ source, time }: PaneHit) =>
      time < (known.get(source) ?? '9') || store.coverage.size === 1
    const added = hits.filter(isNew).reverse()
    let newest: LogRow | null = null
    for (const source of new Set(added.map((hit) => hit.source))) {
      const part = added.filter((hit) => hit.source === source)
      const rows = this.pane.storedRows(
        source,
        part.map(({ time, text }) => `${time} ${text}`),
        part.map(({ stderr }) => (stderr ? 'e' : 'o')).join(''),
      )
      store.prepend(rows)
      const last = rows.at(-1)
      if (last && (newest === null || last.time > newest.time)) newest = last
    }
    store.searchedTo = next ?? OLDEST
    if (next === null) for (const part of store.coverage.values()) part.moreBefore = false
    if (newest) this.pane.scrollTo(newest, true)
  }

  /** Shows a hit with the lines around it. */
  private async show(hit: PaneHit): Promise<void> {
    const { pane } = this
    const store = await pane.stored.readAt(pane.sources(), (source) => ({
      around: source === hit.source ? hit.cursor : hit.time,
    }))
    if (!store) return
    pane.freeze(store)
    const row = rowOf(hit, store)
    if (row) pane.scrollTo(row, true)
    pane.changed()
  }

  /** @param position where the search begins; null: nothing is left in this direction */
  private async nearestOrWrapped(
    lines: SearchedLines,
    by: 1 | -1,
    position: string | null,
  ): Promise<FoundHits> {
    if (position === null) return this.nearest(lines, by, '')
    const found = await this.nearest(lines, by, position)
    return found.kind === 'found' && found.hits.length === 0 ? this.nearest(lines, by, '') : found
  }

  /** @param position where the search begins; empty: at the end of the log */
  private nearest(lines: SearchedLines, by: 1 | -1, position: string): Promise<FoundHits> {
    const bound = by === -1 ? { before: position } : { after: position }
    return this.pane.search.find(lines, { order: by === -1 ? 'newest' : 'oldest', limit: 1, ...bound })
  }

  private reportProblem(found: FoundHits): void {
    if (found.kind === 'failed' && !found.unsupported) this.pane.stored.report(found.reason)
  }
}

/** The lines that the filter shows. */
function shownLines(spec: LogFilterSpec): SearchedLines {
  const lines = linesOf(spec)
  return spec.only ? lines : { ...lines, terms: [] }
}

/** Whether the log has lines beyond an end of a store, within the filter's time range. */
function hasMore(store: RowStore, by: 1 | -1): boolean {
  return [...store.coverage].some(([source, { moreBefore, moreAfter }]) =>
    by === -1
      ? moreBefore && !store.isBeforeRange(firstLine(store, source)?.time)
      : moreAfter && !store.isAfterRange(lastLine(store, source)?.time),
  )
}

/**
 * Where a search goes on from a store in which nothing was found any more: a cursor, or a time; empty when none is known.
 *
 * @param from the row that the reader is at; null for none
 */
function edge(store: RowStore, by: 1 | -1, from: number | null): string {
  if (by === -1 && store.searchedTo !== null) return store.searchedTo
  const open = [...store.coverage].filter(([, part]) => (by === -1 ? part.moreBefore : part.moreAfter))
  if (store.coverage.size === 1 && open.length === 1) {
    const [, part] = open[0]!
    const cursor = by === -1 ? part.first : part.last
    if (cursor !== null) return cursor
  }
  const ends = open
    .map(([source]) => (by === -1 ? firstLine(store, source) : lastLine(store, source))?.time ?? '')
    .filter((time) => time !== '')
    .sort()
  // Nothing between the row and the end of the log that ends first can be unknown.
  const end = (by === -1 ? ends.at(-1) : ends[0]) ?? ''
  const at = from === null ? '' : (store.shown.at(store.shown.indexOf(from))?.time ?? '')
  if (at === '' || end === '') return end
  return by === -1 ? (at < end ? at : end) : at > end ? at : end
}

function rowOf(hit: PaneHit, store: RowStore): LogRow | null {
  const rows = store.shown.slice(0)
  const same = rows.filter((row) => row.source === hit.source && row.time === hit.time)
  const exact = same.find((row) => row.kind === 'line' && row.text === hit.text)
  return exact ?? same[0] ?? rows.find((row) => row.time >= hit.time) ?? null
}
