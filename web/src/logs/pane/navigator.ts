import { firstLine, lastLine } from '../rows/coverage'
import type { LogFilterSpec } from '../rows/filter'
import type { PaneRows } from '../rows/paneRows'
import type { LineRow, LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import { linesOf, type SearchedLines } from '../search/searchPath'
import type { FindTarget } from './commands'
import { findNext } from './findNext'
import type { LiveFeed } from './liveFeed'
import type { PagePosition } from './logPages'
import type { PageReader } from './pageReader'
import type { PaneTails } from './paneTails'
import type { ReaderPosition } from './readerPosition'
import { isNearEnd, OLDEST, type StoredLogReader } from './storedLogReader'
import { linesToFind, type FoundHits, type PaneHit, type StoreSearch } from './storeSearch'

/** What the navigator needs of its pane. */
export interface NavigatedPane {
  readonly rows: PaneRows
  readonly tails: PaneTails
  readonly feed: LiveFeed
  readonly pages: PageReader
  readonly stored: StoredLogReader
  readonly search: StoreSearch
  readonly reader: ReaderPosition
  readonly spec: LogFilterSpec
  changed(): void
}

/** How many lines one search for what the filter shows adds. */
const MORE_HITS = 500
/** A store that grows by searches for newer lines drops its oldest rows over this. */
const MAX_FOUND_ROWS = 50_000
const NO_OLDER = { moreBefore: false }
const NO_NEWER = { moreAfter: false }

/** Takes the reader of a pane to other lines of the log, loaded or not. */
export class Navigator {
  /** Grows with each command; what an earlier one still waits for does not move the reader. */
  private step = 0
  /** A store that could not be read on; null for none. */
  private ended: RowStore | null = null

  constructor(private readonly pane: NavigatedPane) {}

  /** To the next or previous hit, error, warning or line. */
  async findNext(target: FindTarget, by: 1 | -1, from: number | null): Promise<void> {
    const { pane } = this
    const step = this.begin()
    pane.reader.freeze()
    const store = pane.rows.shown
    if (target === 'hit' && store.hits === null) return
    const whole = !hasMore(store, -1) && !hasMore(store, 1)
    const row = findNext(store, target, by, from, pane.reader.viewport, whole)
    if (row && (target === 'line' || isKnown(store, row, by))) return this.finish(row, true)
    if (target === 'line' || whole) return
    const lines = linesToFind(target, pane.spec)
    if (lines === null) return
    const found = await this.nearestOrWrapped(lines, by, hasMore(store, by) ? edge(store, by, from) : null)
    if (found.kind === 'stopped' || step !== this.step) return
    if (found.kind === 'found' && found.hits.length > 0) return this.show(found.hits[0]!, step)
    const wrapped = row ?? findNext(store, target, by, from, pane.reader.viewport, true)
    if (wrapped) this.finish(wrapped, true)
  }

  /** To the log around a time. */
  async goTo(time: string): Promise<void> {
    const store = await this.readAt(this.begin(), () => ({ around: time }))
    if (!store) return
    const row = store.shown.slice(0).find((one) => one.time >= time) ?? store.shown.last
    this.finish(row, true)
  }

  /** To the oldest line that the filter shows. */
  async goToOldest(): Promise<void> {
    const { pane } = this
    const step = this.begin()
    const { range } = pane.spec
    const { shown } = pane.rows
    if (shown.hidesInRange() && hasMore(shown, -1)) {
      const found = await this.nearest(shownLines(pane.spec), 1, '')
      if (found.kind === 'stopped' || step !== this.step) return
      if (found.kind === 'found' && found.hits.length > 0) return this.show(found.hits[0]!, step)
      if (found.kind === 'failed' && !found.unsupported) return
    }
    if (range?.since) return this.goTo(range.since)
    if (!hasMore(shown, -1)) pane.reader.freeze()
    else if (!(await this.readAt(step, () => ({ after: OLDEST })))) return
    this.finish(pane.rows.shown.shown.first, false)
  }

  /** Adds the next older lines that the filter shows; without such a filter it goes to the previous hit. */
  async searchOlder(): Promise<void> {
    const { pane } = this
    const step = this.begin()
    pane.stored.stop()
    pane.reader.freeze()
    const store = pane.rows.shown
    if (!store.hidesInRange()) return this.findNext('hit', -1, pane.reader.current?.n ?? null)
    const found = await pane.search.find(shownLines(pane.spec), {
      order: 'newest',
      limit: MORE_HITS,
      before: edge(store, -1, null),
    })
    if (found.kind === 'found') {
      const newest = await this.add(store, found, -1, step)
      if (newest) pane.reader.scrollTo(newest, true)
    } else if (found.kind === 'failed' && found.unsupported) {
      await this.readOlder()
    }
    pane.changed()
  }

  /** Adds newer lines that the filter shows, when the reader comes near the end of a past part of the log. */
  async readOn(): Promise<void> {
    const { pane } = this
    const store = pane.rows.frozen
    if (!store?.hidesInRange() || !hasMore(store, 1) || store === this.ended) return
    if (pane.search.progress !== null || !isNearEnd(pane.reader.viewport, store)) return
    const { step } = this
    const found = await pane.search.find(shownLines(pane.spec), {
      order: 'oldest',
      limit: MORE_HITS,
      after: edge(store, 1, null),
    })
    if (found.kind === 'found') await this.add(store, found, 1, step)
    else if (found.kind === 'failed') this.ended = store
    pane.changed()
  }

  private begin(): number {
    this.pane.search.stop()
    return ++this.step
  }

  /** For a controller that cannot search. */
  private async readOlder(): Promise<void> {
    const row = await this.pane.stored.searchOlder()
    if (row) this.pane.reader.scrollTo(row, true)
  }

  /**
   * Adds hits before or after the rows of a store. Returns the newest row that was added; null when there is none, or
   * another command has begun.
   */
  private async add(
    store: RowStore,
    { hits, next, problem }: Extract<FoundHits, { kind: 'found' }>,
    by: 1 | -1,
    step: number,
  ): Promise<LogRow | null> {
    const fresh = hits.filter((hit) => isBeyond(store, hit, by))
    const added = by === -1 ? fresh.reverse() : fresh
    const rows = await Promise.all(added.map((hit) => this.rowOfHit(hit)))
    if (step !== this.step || this.pane.rows.frozen !== store) return null
    for (const source of store.coverage.keys()) {
      const part = rows.filter((row) => row.source === source)
      if (by === -1) store.prepend(part)
      else store.append(part)
    }
    if (by === -1) store.searchedTo = next ?? OLDEST
    else store.searchedOn = next ?? hits.at(-1)?.cursor ?? store.searchedOn
    if (by === 1) store.keepLast(MAX_FOUND_ROWS)
    if (next === null && problem === null)
      for (const part of store.coverage.values()) Object.assign(part, by === -1 ? NO_OLDER : NO_NEWER)
    if (next === null && problem !== null) this.ended = store
    return rows.at(-1) ?? null
  }

  /** A hit has the beginning of a long line only, and the level that the line has after those before it. */
  private async rowOfHit(hit: PaneHit): Promise<LineRow> {
    const whole = hit.cut ? await this.pane.pages.line(hit.source, hit.cursor).catch(() => null) : null
    const row =
      whole ?? this.pane.feed.stored(hit.source, [`${hit.time} ${hit.text}`], hit.stderr ? 'e' : 'o')[0]!
    if (this.pane.spec.levels !== null) row.level = hit.level
    return row
  }

  /** Shows a hit with the lines around it. */
  private async show(hit: PaneHit, step: number): Promise<void> {
    const store = await this.readAt(step, (source) => ({
      around: source === hit.source ? hit.cursor : hit.time,
    }))
    if (store) this.finish(rowOf(hit, store), true)
  }

  /** Shows one page of each container; null when they were not read, or another command has begun. */
  private async readAt(step: number, position: (source: number) => PagePosition): Promise<RowStore | null> {
    const store = await this.pane.stored.readAt([...this.pane.tails.targets.keys()], position)
    if (!store || step !== this.step) return null
    this.pane.reader.freeze(store)
    return store
  }

  private finish(row: LogRow | null | undefined, select: boolean): void {
    if (row) this.pane.reader.scrollTo(row, select)
    this.pane.changed()
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
  const searched = by === -1 ? store.searchedTo : store.searchedOn
  if (searched !== null) return searched
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

/** Whether every log of the pane is loaded as far as a row, so that nothing between can be unknown. */
function isKnown(store: RowStore, row: LogRow, by: 1 | -1): boolean {
  if (store.coverage.size === 1 || store.isOfItsFilter) return true
  const end = edge(store, by, null)
  return end === '' || row.time === '' || (by === -1 ? row.time >= end : row.time <= end)
}

/** Whether the store does not have a hit. Of one log, the search began right at the edge. */
function isBeyond(store: RowStore, { source, time }: PaneHit, by: 1 | -1): boolean {
  if (store.coverage.size === 1) return true
  const known = (by === -1 ? firstLine(store, source) : lastLine(store, source))?.time ?? ''
  return known === '' || (by === -1 ? time < known : time > known)
}

function rowOf(hit: PaneHit, store: RowStore): LogRow | null {
  const rows = store.shown.slice(0)
  const same = rows.filter((row) => row.source === hit.source && row.time === hit.time)
  const exact = same.find((row) => row.kind === 'line' && row.text === hit.text)
  return exact ?? same[0] ?? rows.find((row) => row.time >= hit.time) ?? null
}
