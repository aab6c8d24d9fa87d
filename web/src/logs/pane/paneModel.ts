import type { Request } from '../../protocol/types'
import { compileFilter, type LogFilter, type LogFilterSpec } from '../rows/filter'
import { PaneRows } from '../rows/paneRows'
import type { LineRow, LogRow } from '../rows/row'
import { RowHeights } from '../rows/rowHeights'
import type { RowStore } from '../rows/rowStore'
import { layoutKey } from '../rows/textLayout'
import type { FetchLines } from '../search/searchLogs'
import type { Target } from '../target'
import type { PaneMember, TextFormat, Viewport } from './commands'
import { fillGap } from './gapFiller'
import { HitCount } from './hitCount'
import { LiveFeed } from './liveFeed'
import { fetchPage, type FetchJson, type PagePosition, type StoredPage } from './logPages'
import { Navigator, type NavigatedPane } from './navigator'
import { StoredLogReader } from './storedLogReader'
import { StoreSearch } from './storeSearch'
import { Tail } from './tail'
import { exportText, type ExportRange } from './textExport'
import { INITIAL_VIEWPORT, keepAnchor, topFor } from './viewport'
import type { Schedule } from './viewScheduler'

/** What a pane needs from outside. */
export interface PaneContext {
  /** A subscription id that no other tail has. */
  nextSub(): string
  send(request: Request): void
  after: Schedule
  fetchJson: FetchJson
  fetchLines: FetchLines
  /** The page has painted the last view: one more may be sent. */
  ready(): void
  /** The pane has changed, but a view can wait until `flush` or `changed`. */
  invalidate(): void
  /** The pane has changed: send a view; at once when `urgent`, because the reader waits for it. */
  changed(urgent: boolean): void
  /** Sends a view if the pane has changed since the last one. */
  flush(urgent: boolean): void
}

/**
 * The log of one pane: a tail per container, its rows, and the part of them that the page shows. Lives in the worker
 * from the command that opens the pane to the one that closes it.
 */
export class PaneModel implements NavigatedPane {
  readonly tails = new Map<number, Tail>()
  readonly rows: PaneRows
  readonly heights: RowHeights
  readonly feed: LiveFeed
  readonly stored: StoredLogReader
  readonly search: StoreSearch
  readonly count: HitCount
  readonly navigator = new Navigator(this)
  filter: LogFilter
  badQuery: string | null
  viewport = INITIAL_VIEWPORT
  /** Where the page has to scroll to; null when it stays. */
  scrollTarget: { id: number; row: LogRow; select: boolean } | null = null
  /** The row that the reader was last taken to. */
  current: LogRow | null = null
  /** How many lines had arrived when the reader stopped following. */
  arrivedWhenFrozen = 0

  private scrolls = 0

  constructor(
    readonly number: number,
    public spec: LogFilterSpec,
    /** How many lines a new container asks for. */
    private readonly backlogLines: number,
    private readonly context: PaneContext,
  ) {
    const { filter, problem } = compileFilter(spec)
    this.filter = filter
    this.badQuery = problem
    const urgent = () => context.changed(true)
    this.rows = new PaneRows(filter)
    this.heights = new RowHeights(this.rows, () => this.viewport, urgent)
    this.feed = new LiveFeed(
      this.rows,
      (line) => this.viewport.wrap && this.heights.measure(line),
      (isUrgent) => context.changed(isUrgent),
    )
    this.stored = new StoredLogReader(this.rows, (...page) => this.readPage(...page), urgent)
    const targets = () => this.searchedTargets()
    this.search = new StoreSearch(context.fetchLines, targets, urgent)
    this.count = new HitCount(() => this.rows.live, targets, context.fetchLines, context.after, urgent)
  }

  /** True while the reader does not follow. */
  get isFrozen(): boolean {
    return this.rows.frozen !== null
  }

  /** Sets the containers of the pane. Tails of new ones start, tails of others end; the rows of those stay. */
  setMembers(members: readonly PaneMember[]): void {
    const wanted = new Set(members.map((member) => member.source))
    for (const [source, tail] of this.tails) if (!wanted.has(source)) this.removeTail(source, tail)
    for (const { source, target } of members) {
      const tail = this.tails.get(source)
      if (tail) tail.target = target
      else this.addTail(new Tail(source, target, this.context.nextSub, this.feed))
    }
    this.context.changed(true)
  }

  close(): void {
    for (const [source, tail] of this.tails) this.removeTail(source, tail)
    this.stopReads()
    this.count.stop()
  }

  /** A frame of one of the tails has arrived. @param isSnapshot whether it is the beginning of a log */
  received(isSnapshot: boolean): void {
    if (isSnapshot || this.count.isOutdated) this.count.restart(this.spec)
  }

  /** Subscribes again, for example on a new connection: each tail resumes after its last line. */
  subscribe(condition: (tail: Tail) => boolean = () => true): void {
    for (const tail of this.tails.values())
      if (condition(tail)) this.context.send(tail.subscribe(this.backlogLines))
    this.context.changed(true)
  }

  setFilter(spec: LogFilterSpec): void {
    const { filter, problem } = compileFilter(spec)
    this.filter = filter
    this.badQuery = problem
    this.spec = spec
    const anchor = this.anchorRow()
    const foundBySearch = this.rows.frozen?.isOfItsFilter ?? false
    this.rows.setFilter(filter)
    this.stopReads()
    this.count.restart(spec)
    if (foundBySearch) this.readAgain(anchor)
    else if (anchor && !this.rows.shown.shows(anchor)) this.scrollToNearest(anchor)
    this.context.changed(true)
  }

  /** The page shows another part, or is ready for the next view. */
  setViewport(viewport: Viewport): void {
    const before = this.viewport
    const resized = layoutKey(viewport) !== layoutKey(before)
    const moved =
      viewport.follow !== before.follow ||
      viewport.height !== before.height ||
      (!viewport.follow && viewport.top !== before.top)
    this.viewport = viewport
    this.context.ready()
    if (viewport.follow) this.follow()
    else this.freeze()
    if (resized) this.heights.measureAll()
    this.stored.readAround(viewport)
    void this.navigator.readOn()
    if (resized || moved) this.context.changed(true)
    else this.context.flush(this.rows.frozen !== null)
  }

  /** Moves the viewport with its anchor row when rows above that have come or gone. */
  keepAnchor(): void {
    if (this.rows.frozen) this.viewport = keepAnchor(this.viewport, this.rows.frozen.shown)
  }

  stopSearch(): void {
    this.search.stop()
    this.stored.stopSearch()
  }

  fillGap(n: number): Promise<void> {
    return fillGap(
      this.rows,
      n,
      (...page) => this.readPage(...page),
      () => this.context.changed(true),
    )
  }

  clear(undo: boolean): void {
    this.stopReads()
    if (undo) this.rows.undoClear()
    else this.rows.clear(this.tails.keys())
    this.count.restart(this.spec)
    this.context.changed(true)
  }

  text(range: ExportRange, format: TextFormat): { text: string; rows: number } {
    const targets = new Map([...this.tails].map(([source, { target }]) => [source, target]))
    return exportText(this.rows.shown.shown, targets, range, format)
  }

  sources(): number[] {
    return [...this.tails.keys()]
  }

  storedRows(source: number, logs: readonly string[], streams: string): LineRow[] {
    return this.feed.stored(source, logs, streams)
  }

  async readLine(source: number, cursor: string): Promise<LineRow | null> {
    return (await this.readPage(source, { through: cursor }, 1)).rows.at(-1) ?? null
  }

  changed(): void {
    this.context.changed(true)
  }

  private searchedTargets(): Map<number, Target> {
    const shown = [...this.tails].filter(([source]) => !this.filter.muted.has(source))
    return new Map(shown.map(([source, { target }]) => [source, target]))
  }

  private stopReads(): void {
    this.stored.stop()
    this.search.stop()
  }

  /** Rows that a search has added are right for its filter only. */
  private readAgain(anchor: LogRow | null): void {
    if (anchor && anchor.time !== '') void this.navigator.goTo(anchor.time)
    else this.rows.frozen = this.rows.live.copy()
  }

  private follow(): void {
    if (!this.rows.frozen) return
    this.rows.frozen = null
    this.current = null
    this.scrollTarget = null
    this.stopReads()
    this.context.invalidate()
  }

  freeze(store?: RowStore): void {
    if (!this.rows.frozen) {
      this.arrivedWhenFrozen = this.feed.count
      this.context.invalidate()
    }
    this.rows.frozen = store ?? this.rows.frozen ?? this.rows.live.copy()
  }

  scrollTo(row: LogRow, select: boolean): void {
    const { shown } = this.rows.shown
    const at = shown.indexOf(row.n)
    if (at < 0) return
    const top = topFor(shown.linesBefore(at), this.viewport)
    this.viewport = { ...this.viewport, follow: false, top, anchor: null }
    this.scrollTarget = { id: ++this.scrolls, row, select }
    if (select) this.current = row
    this.context.changed(true)
  }

  /** The row at the top of the page; null while following. */
  private anchorRow(): LogRow | null {
    const { anchor } = this.viewport
    if (!this.rows.frozen || !anchor) return null
    const { shown } = this.rows.frozen
    return shown.at(shown.indexOf(anchor.n)) ?? null
  }

  private scrollToNearest(anchor: LogRow): void {
    const store = this.rows.shown
    const at = store.all.indexOf(anchor.n)
    const next = store.all.slice(at).find((row) => store.shows(row)) ?? store.shown.last
    if (next) this.scrollTo(next, false)
  }

  private async readPage(source: number, position: PagePosition, limit: number): Promise<StoredPage> {
    const tail = this.tails.get(source)
    if (!tail) throw new Error('this container is no longer in the pane')
    const page = await fetchPage(this.context.fetchJson, tail.target, position, limit)
    const rows = this.feed.stored(source, page.logs, page.streams)
    return { ...page, rows, missing: page.incomplete && this.feed.missing(source, page.incomplete) }
  }

  private addTail(tail: Tail): void {
    this.tails.set(tail.source, tail)
    this.rows.live.begin(tail.source, false)
    this.context.send(tail.subscribe(this.backlogLines))
  }

  private removeTail(source: number, tail: Tail): void {
    this.tails.delete(source)
    this.context.send(tail.unsubscribe())
  }
}
