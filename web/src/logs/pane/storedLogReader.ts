import { firstLine, lastLine, withoutDuplicates } from '../rows/coverage'
import type { PaneRows } from '../rows/paneRows'
import { placedAt, type LogRow } from '../rows/row'
import type { Coverage, RowStore } from '../rows/rowStore'
import type { Viewport } from './commands'
import { coverageOf, MAX_PAGE_LINES, type PagePosition, type ReadPage } from './logPages'
import { newerRows, olderRows } from './missingLines'
import type { StoreState } from './paneView'

/** Lines per page when the reader comes near an end. */
const PAGE_LINES = 1000
/** How near that is, in lines. */
const NEAR_LINES = 150
/** A frozen store may grow to this size before it drops rows at its other end. */
const MAX_FROZEN_ROWS = 120_000
/** Before every line. */
export const OLDEST = '1970-01-01T00:00:00.000000000Z'
/** The live store takes older rows up to this size, so that room for new lines is left. */
const MAX_LIVE_WITH_OLDER = 100_000

/**
 * Reads the stored logs of a pane: older lines when the reader comes near the top, newer lines below a moment that
 * was jumped to. Owned by the pane; `stop` drops all reads that are in progress.
 */
export class StoredLogReader {
  private readonly older = new Set<number>()
  private readonly newer = new Set<number>()
  /** Why the store could not be read; null when it could. */
  problem: string | null = null
  /** True while a search for older lines is in progress. */
  searching = false
  /** Grows with each `stop`; results of an earlier generation are dropped. */
  private generation = 0

  constructor(
    private readonly rows: PaneRows,
    private readonly read: ReadPage,
    private readonly changed: () => void,
  ) {}

  get olderState(): StoreState {
    return this.stateOf(this.older, (part) => part.moreBefore)
  }

  get newerState(): StoreState {
    return this.stateOf(this.newer, (part) => part.moreAfter)
  }

  stop(): void {
    this.generation++
    this.older.clear()
    this.newer.clear()
    this.searching = false
    this.problem = null
  }

  /** Starts to read the lines that the reader is about to reach. */
  readAround(viewport: Viewport): void {
    const store = this.rows.frozen
    if (!store || this.problem !== null) return
    const { shown } = store
    const merged = store.coverage.size > 1
    const top = shown.at(shown.indexAtLine(viewport.top))
    const bottom = shown.at(shown.indexAtLine(viewport.top + viewport.height)) ?? shown.last
    const above = viewport.top < NEAR_LINES && !store.hidesInRange()
    // Beyond the end of a time range all lines are hidden: there is no end to reading on.
    const below = isNearEnd(viewport, store) && !store.hidesInRange()
    for (const [source, part] of store.coverage) {
      const first = firstLine(store, source)?.at
      const last = lastLine(store, source)?.at
      // Of merged logs, one may begin or end in sight, where the others have lines already.
      const beginsBelow = merged && store.searchedTo === null && isLater(first, top && placedAt(top))
      const endsAbove =
        merged && store.searchedOn === null && isLater(bottom && placedAt(bottom), last ?? OLDEST)
      if (part.moreBefore && (above || beginsBelow) && !store.isBeforeRange(first))
        void this.readOlder(store, source, part)
      if (part.moreAfter && (below || endsAbove) && !store.isAfterRange(last))
        void this.readNewer(store, source, part)
    }
  }

  /**
   * Reads older pages into the frozen store until the filter shows another line, for a controller that cannot search.
   * Returns the first shown row then; null when nothing was found, or the search was stopped.
   */
  async searchOlder(): Promise<LogRow | null> {
    const store = this.rows.frozen
    if (!store || this.searching) return null
    this.problem = null
    this.searching = true
    const { generation } = this
    const found = () => (store.hits ?? store.shown).size
    const before = found()
    while (this.searching && generation === this.generation && found() === before) {
      const left = [...store.coverage].filter(
        ([source, part]) => part.moreBefore && !store.isBeforeRange(firstLine(store, source)?.at),
      )
      if (left.length === 0 || this.problem !== null) break
      await Promise.all(left.map(([source, part]) => this.readOlder(store, source, part, MAX_PAGE_LINES)))
    }
    if (generation !== this.generation) return null
    this.searching = false
    return found() > before ? ((store.hits ?? store.shown).first ?? null) : null
  }

  stopSearch(): void {
    this.searching = false
    this.changed()
  }

  /** A store with one page of each container; null when they could not be read, or the read was stopped. */
  async readAt(
    sources: readonly number[],
    position: (source: number) => PagePosition,
  ): Promise<RowStore | null> {
    this.stop()
    const { generation } = this
    const store = this.rows.emptyStore()
    try {
      const pages = await Promise.all(
        sources.map(
          async (source) => [source, await this.read(source, position(source), PAGE_LINES)] as const,
        ),
      )
      if (generation !== this.generation) return null
      for (const [source, page] of pages) {
        store.coverage.set(source, coverageOf(page))
        store.append(newerRows(page, store))
      }
      return store
    } catch (problem) {
      if (generation === this.generation) this.fail(problem)
      return null
    }
  }

  private async readOlder(
    store: RowStore,
    source: number,
    part: Coverage,
    limit = PAGE_LINES,
  ): Promise<void> {
    await this.load(this.older, source, async (isCurrent) => {
      const first = firstLine(store, source)
      const byTime = part.first === null
      const position: PagePosition = !byTime
        ? { before: part.first! }
        : { through: first?.time || new Date().toISOString() }
      const page = await this.read(source, position, limit)
      if (!isCurrent()) return
      const rows = byTime && first ? withoutDuplicates(page.rows, store, first) : page.rows
      this.prepend(store, source, olderRows(rows, page, store), {
        first: page.first ?? part.first,
        moreBefore: page.moreBefore && page.logs.length > 0,
      })
    })
  }

  private async readNewer(store: RowStore, source: number, part: Coverage): Promise<void> {
    await this.load(this.newer, source, async (isCurrent) => {
      const position: PagePosition = { after: part.last ?? lastLine(store, source)?.time ?? OLDEST }
      const page = await this.read(source, position, PAGE_LINES)
      if (!isCurrent()) return
      store.append(newerRows(page, store))
      store.keepLast(MAX_FROZEN_ROWS)
      Object.assign(part, {
        last: page.cursor ?? part.last,
        moreAfter: page.moreAfter && page.logs.length > 0,
      })
    })
  }

  /** Runs one read per source at a time; its failure becomes `problem`. */
  private async load(
    loading: Set<number>,
    source: number,
    task: (isCurrent: () => boolean) => Promise<void>,
  ): Promise<void> {
    if (loading.has(source)) return
    loading.add(source)
    this.changed()
    const { generation } = this
    const isCurrent = () => generation === this.generation
    try {
      await task(isCurrent)
    } catch (problem) {
      if (isCurrent()) this.fail(problem)
    }
    if (isCurrent()) loading.delete(source)
    this.changed()
  }

  private prepend(store: RowStore, source: number, rows: LogRow[], part: Partial<Coverage>): void {
    const { live } = this.rows
    const first = firstLine(store, source)
    const room = live.all.size + rows.length <= MAX_LIVE_WITH_OLDER
    // The live store keeps the rows too, for when the reader follows again, if they fit exactly before its own.
    if (store !== live && room && firstLine(live, source) === first && live.coverage.has(source)) {
      live.prepend(rows)
      Object.assign(live.coverage.get(source)!, part)
    }
    store.prepend(rows)
    Object.assign(store.coverage.get(source)!, part)
    store.keepOldest(MAX_FROZEN_ROWS)
  }

  private stateOf(loading: Set<number>, more: (part: Coverage) => boolean): StoreState {
    if (loading.size > 0) return 'loading'
    if (![...this.rows.shown.coverage.values()].some(more)) return 'none'
    return this.problem === null ? 'more' : 'failed'
  }

  private fail(problem: unknown): void {
    this.problem = (problem as Error).message
    this.changed()
  }
}

/** Whether the reader is about to reach the newest rows. */
export function isNearEnd(viewport: Viewport, { shown }: RowStore): boolean {
  return viewport.top + viewport.height > shown.lines - NEAR_LINES
}

/** False when one of the times is not known. */
function isLater(time: string | undefined, than: string | undefined): boolean {
  return time !== undefined && time !== '' && than !== undefined && than !== '' && time > than
}
