import type { LogFilterSpec } from '../rows/filter'
import type { PaneRows } from '../rows/paneRows'
import type { LineRow, LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import { linesOf, type SearchedLines } from '../search/searchPath'
import type { LiveFeed } from './liveFeed'
import type { PageReader } from './pageReader'
import type { ReaderPosition } from './readerPosition'
import { edge, hasMore, isBeyond } from './storeEdge'
import { isNearEnd, OLDEST } from './storedLogReader'
import type { FoundHits, PaneHit, StoreSearch } from './storeSearch'

/** The parts of a pane whose frozen rows grow by searches. */
export interface GrowingPane {
  readonly rows: PaneRows
  readonly feed: LiveFeed
  readonly pages: PageReader
  readonly search: StoreSearch
  readonly reader: ReaderPosition
  readonly spec: LogFilterSpec
  changed(): void
}

/** How many lines one search adds. */
const MORE_HITS = 500
/** A store that grows by searches for newer lines drops its oldest rows over this. */
const MAX_FOUND_ROWS = 50_000
const NO_OLDER = { moreBefore: false }
const NO_NEWER = { moreAfter: false }

/** Adds the next lines that the filter shows to what a pane has loaded of a log. Owned by the navigator. */
export class MoreHits {
  /** A store that could not be read on; null for none. */
  private ended: RowStore | null = null

  constructor(private readonly pane: GrowingPane) {}

  /**
   * Adds the next older lines. Returns the newest row that was added; null when there is none, the search failed, or
   * another command has begun.
   */
  async older(store: RowStore, isCurrent: () => boolean): Promise<LogRow | null | 'unsupported'> {
    const { search, spec } = this.pane
    const bounds = { order: 'newest', limit: MORE_HITS, before: edge(store, -1, null) } as const
    const found = await search.find(shownLines(spec), bounds)
    if (found.kind === 'failed' && found.cause === 'unsupported') return 'unsupported'
    return found.kind === 'found' ? this.add(store, found, -1, isCurrent) : null
  }

  /** Adds the next newer lines, when the reader comes near the end of a past part of the log. */
  async newer(isCurrent: () => boolean): Promise<void> {
    const { pane } = this
    const store = pane.rows.frozen
    if (!store?.hidesInRange() || !hasMore(store, 1) || store === this.ended) return
    if (pane.search.progress !== null || !isNearEnd(pane.reader.viewport, store)) return
    const found = await pane.search.find(shownLines(pane.spec), {
      order: 'oldest',
      limit: MORE_HITS,
      after: edge(store, 1, null),
    })
    if (found.kind === 'found') await this.add(store, found, 1, isCurrent)
    else if (found.kind === 'failed') this.ended = store
    pane.changed()
  }

  /**
   * Adds hits before or after the rows of a store. Returns the newest row that was added; null when there is none, or
   * another command has begun.
   */
  private async add(
    store: RowStore,
    { hits, next, problem }: Extract<FoundHits, { kind: 'found' }>,
    by: 1 | -1,
    isCurrent: () => boolean,
  ): Promise<LogRow | null> {
    const fresh = hits.filter((hit) => isBeyond(store, hit, by))
    const added = by === -1 ? fresh.reverse() : fresh
    const rows = await Promise.all(added.map((hit) => this.rowOfHit(hit)))
    if (!isCurrent() || this.pane.rows.frozen !== store) return null
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
}

/** The lines that the filter shows. */
export function shownLines(spec: LogFilterSpec): SearchedLines {
  const lines = linesOf(spec)
  return spec.only ? lines : { ...lines, terms: [] }
}
