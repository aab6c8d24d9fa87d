import type { Frame } from '../../protocol/types'
import { compileFilter, type LogFilter, type LogFilterSpec } from '../rows/filter'
import { PaneRows } from '../rows/paneRows'
import { placedAt, type LogRow } from '../rows/row'
import { RowHeights } from '../rows/rowHeights'
import { layoutKey } from '../rows/textLayout'
import type { FetchLines } from '../search/searchLogs'
import type { Target } from '../target'
import type { PaneMember, TextFormat, Viewport } from './commands'
import { fillGap } from './gapFiller'
import type { HostClocks } from './hostClocks'
import { HitCount, type CountEnvironment } from './hitCount'
import { LiveFeed } from './liveFeed'
import type { FetchJson, ReadPage } from './logPages'
import { Navigator, type NavigatedPane } from './navigator'
import { PaneClocks } from './paneClocks'
import { PageReader } from './pageReader'
import { PaneTails, type TailChannel } from './paneTails'
import { ReaderPosition } from './readerPosition'
import { StoredLogReader } from './storedLogReader'
import { StoreSearch } from './storeSearch'
import type { Tail } from './tail'
import { exportText, type ExportRange } from './textExport'

/** What a pane needs from outside. */
export interface PaneContext extends TailChannel {
  counting: CountEnvironment
  hosts: HostClocks
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
  readonly tails: PaneTails
  readonly rows: PaneRows
  readonly heights: RowHeights
  readonly clocks: PaneClocks
  readonly feed: LiveFeed
  readonly reader: ReaderPosition
  readonly pages: PageReader
  readonly stored: StoredLogReader
  readonly search: StoreSearch
  readonly count: HitCount
  readonly navigator = new Navigator(this)
  filter: LogFilter
  badQuery: string | null

  private readonly readPage: ReadPage

  constructor(
    readonly number: number,
    public spec: LogFilterSpec,
    private readonly context: PaneContext,
  ) {
    const { filter, problem } = compileFilter(spec)
    this.filter = filter
    this.badQuery = problem
    const urgent = () => context.changed(true)
    this.rows = new PaneRows(filter)
    this.heights = new RowHeights(this.rows, () => this.reader.viewport, urgent)
    this.clocks = new PaneClocks(context.hosts, this.rows)
    this.feed = new LiveFeed(
      this.rows,
      (line) => this.reader.viewport.wrap && this.heights.measure(line),
      (isUrgent) => context.changed(isUrgent),
      this.clocks,
      (ms, task) => context.counting.after(ms, task),
    )
    this.tails = new PaneTails(this.rows, this.feed, context)
    this.reader = new ReaderPosition(this.rows, () => this.feed.count, context.invalidate)
    this.pages = new PageReader(this.tails, this.feed, context.fetchJson)
    this.readPage = (...page) => this.pages.read(...page)
    this.stored = new StoredLogReader(this.rows, this.readPage, urgent)
    const targets = () => this.searchedTargets()
    this.search = new StoreSearch(context.fetchLines, targets, urgent)
    const counted = { live: () => this.rows.live, spec: () => this.spec, targets, changed: urgent }
    this.count = new HitCount(counted, context.counting)
  }

  get isFrozen(): boolean {
    return this.reader.isFrozen
  }

  setMembers(members: readonly PaneMember[]): void {
    this.tails.set(members)
    this.clocksChanged()
    this.context.changed(true)
  }

  /** The containers, or what is known of the clocks of their hosts, may have changed. */
  clocksChanged(): void {
    this.feed.flush()
    this.clocks.update(this.tails.targets)
    this.context.changed(false)
  }

  subscribe(condition?: (tail: Tail) => boolean): void {
    this.tails.subscribe(condition)
    this.context.changed(true)
  }

  close(): void {
    this.tails.close()
    this.feed.close()
    this.stopReads()
    this.count.stop()
  }

  /** True when the frame belongs to the pane. */
  handleFrame(frame: Frame): boolean {
    if (!this.tails.handle(frame)) return false
    // Even a frame without lines may explain why there are none.
    this.context.changed(false)
    if (frame.type === 'log_snapshot' && frame.resumed !== true) this.count.restart()
    return true
  }

  setFilter(spec: LogFilterSpec): void {
    const { filter, problem } = compileFilter(spec)
    this.filter = filter
    this.badQuery = problem
    this.spec = spec
    const anchor = this.reader.anchorRow()
    const foundBySearch = this.rows.frozen?.isOfItsFilter ?? false
    this.rows.setFilter(filter)
    this.stopReads()
    this.count.filterChanged()
    if (foundBySearch) this.readAgain(anchor)
    else if (anchor) this.reader.scrollToNearest(anchor)
    this.context.changed(true)
  }

  /** The page shows another part, or is ready for the next view. */
  setViewport(viewport: Viewport): void {
    const resized = layoutKey(viewport) !== layoutKey(this.reader.viewport)
    const moved = this.reader.see(viewport)
    this.context.ready()
    if (viewport.follow) this.follow()
    else this.reader.freeze()
    if (resized) this.heights.measureAll()
    this.stored.readAround(viewport)
    void this.navigator.readOn()
    if (resized || moved) this.context.changed(true)
    else this.context.flush(this.isFrozen)
  }

  stopSearch(): void {
    this.navigator.stopSearch()
    this.stored.stopSearch()
  }

  fillGap(n: number): Promise<void> {
    return fillGap(this.rows, n, this.readPage, () => this.context.changed(true))
  }

  clear(undo: boolean): void {
    this.stopReads()
    this.feed.flush()
    if (undo) this.rows.undoClear()
    else this.rows.clear(this.tails.targets.keys())
    this.count.restart()
    this.context.changed(true)
  }

  text(range: ExportRange, format: TextFormat): { text: string; rows: number } {
    return exportText(this.rows.shown.shown, this.tails.targets, range, format)
  }

  changed(): void {
    this.context.changed(true)
  }

  private searchedTargets(): Map<number, Target> {
    const { muted } = this.filter
    return new Map([...this.tails.targets].filter(([source]) => !muted.has(source)))
  }

  private stopReads(): void {
    this.stored.stop()
    this.navigator.stop()
  }

  /** Rows that a search has added are right for its filter only. */
  private readAgain(anchor: LogRow | null): void {
    const at = anchor === null ? '' : placedAt(anchor)
    if (at !== '') void this.navigator.goTo(at)
    else this.rows.frozen = this.rows.live.copy()
  }

  private follow(): void {
    if (!this.isFrozen) return
    this.reader.follow()
    this.stopReads()
    this.context.invalidate()
  }
}
