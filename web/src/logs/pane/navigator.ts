import { placedAt, type LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import type { SearchedLines } from '../search/searchPath'
import type { FindTarget } from './commands'
import { findNext } from './findNext'
import type { PagePosition } from './logPages'
import { MoreHits, shownLines, type GrowingPane } from './moreHits'
import type { PaneClocks } from './paneClocks'
import type { PaneTails } from './paneTails'
import type { SeekResult } from './paneView'
import { edge, hasMore, isKnown } from './storeEdge'
import { OLDEST, type StoredLogReader } from './storedLogReader'
import { hidesLevel, hidesSome, linesToFind, type FoundHits, type PaneHit } from './storeSearch'

/** What the navigator needs of its pane. */
export interface NavigatedPane extends GrowingPane {
  readonly tails: PaneTails
  readonly stored: StoredLogReader
  readonly clocks: PaneClocks
}

/** A command that takes the reader to another line: how often the reader had moved when it began. */
interface Step {
  moves: number
}

/** Takes the reader of a pane to other lines of the log, loaded or not. */
export class Navigator {
  /** What came of the last command; null while there is nothing to say. */
  result: SeekResult | null = null
  /** The last command; what an earlier one still waits for does not move the reader. */
  private step: Step = { moves: 0 }
  /** The command that the reader has stopped a search with; null for none. */
  private stopped: Step | null = null
  /** The line that `result` says was found. */
  private found: PaneHit | null = null
  private readonly more: MoreHits

  constructor(private readonly pane: NavigatedPane) {
    this.more = new MoreHits(pane)
  }

  /** To the next or previous hit, error, warning or line. */
  async findNext(target: FindTarget, by: 1 | -1, from: number | null): Promise<void> {
    const { pane } = this
    const step = this.begin()
    pane.reader.freeze()
    const store = pane.rows.shown
    if (target === 'hit' && store.hits === null) return
    if ((target === 'error' || target === 'warn') && hidesLevel(target, pane.spec))
      return this.say({ kind: 'hidden', target })
    const whole = !hasMore(store, -1) && !hasMore(store, 1)
    const row = findNext(store, target, by, from, pane.reader.viewport, whole)
    if (row && (target === 'line' || isKnown(store, row, by))) return this.finish(row, true)
    if (target === 'line') return
    if (whole) return this.sayNone(target, true)
    const begin = hasMore(store, by) ? edge(store, by, from) : null
    const found = await this.nearestOrWrapped(linesToFind(target, pane.spec), by, begin)
    if (found.kind === 'stopped' || step !== this.step) return
    if (found.kind === 'found' && found.hits.length > 0) return this.show(found.hits[0]!, step)
    const wrapped = row ?? findNext(store, target, by, from, pane.reader.viewport, true)
    if (!wrapped) this.sayNone(target, found.kind === 'found')
    else if (!this.hasMoved(step)) this.finish(wrapped, true)
  }

  /** To the line that was found after the reader had moved. */
  async showFound(): Promise<void> {
    const { found } = this
    if (found) await this.show(found, this.begin())
  }

  /** Ends the command that is in progress, and forgets what the last one has found. */
  stop(): void {
    this.begin()
  }

  /** The same for the reader: no search starts by itself until the reader moves or gives another command. */
  stopSearch(): void {
    this.stopped = this.begin()
  }

  /** To the log around a time. */
  async goTo(time: string): Promise<void> {
    const { clocks } = this.pane
    const store = await this.readAt(this.begin(), (source) => ({ around: clocks.atHost(time, source) }))
    if (!store) return
    this.pane.reader.freeze(store)
    const row = store.shown.slice(0).find((one) => placedAt(one) >= time) ?? store.shown.last
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
      if (found.kind === 'failed' && found.cause !== 'unsupported') return
    }
    if (range?.since) return this.goTo(range.since)
    const store = hasMore(shown, -1) ? await this.readAt(step, () => ({ after: OLDEST })) : undefined
    if (store === null) return
    pane.reader.freeze(store)
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
    const newest = await this.more.older(store, () => step === this.step)
    const row = newest === 'unsupported' ? await pane.stored.searchOlder() : newest
    if (row && !this.hasMoved(step)) pane.reader.scrollTo(row, true)
    pane.changed()
  }

  /** Adds newer lines that the filter shows, when the reader comes near the end of a past part of the log. */
  async readOn(): Promise<void> {
    const { step } = this
    if (step === this.stopped && !this.hasMoved(step)) return
    await this.more.newer(() => step === this.step)
  }

  private begin(): Step {
    this.pane.search.stop()
    this.result = this.found = null
    return (this.step = { moves: this.pane.reader.viewport.moves })
  }

  /** Whether the reader has moved since a command began: the page must not jump then. */
  private hasMoved({ moves }: Step): boolean {
    return this.pane.reader.viewport.moves !== moves
  }

  private say(result: SeekResult): void {
    this.result = result
    this.pane.changed()
  }

  private sayNone(target: 'hit' | 'error' | 'warn', whole: boolean): void {
    this.say({ kind: 'none', target, whole, filtered: hidesSome(target, this.pane.spec) })
  }

  /** Shows a hit with the lines around it, or says that it is found if the reader has moved. */
  private async show(hit: PaneHit, step: Step): Promise<void> {
    const { clocks } = this.pane
    const at = clocks.atRelay(hit.time, hit.source)
    const around = (source: number) => ({
      around: source === hit.source ? hit.cursor : clocks.atHost(at, source),
    })
    const store = this.hasMoved(step) ? null : await this.readAt(step, around)
    if (step !== this.step) return
    if (this.hasMoved(step)) {
      this.found = hit
      this.say({ kind: 'found', time: at })
    } else if (store) {
      this.pane.reader.freeze(store)
      this.finish(rowOf(hit, at, store), true)
    }
  }

  /** One page of each container; null when they were not read, or another command has begun. */
  private async readAt(step: Step, position: (source: number) => PagePosition): Promise<RowStore | null> {
    const store = await this.pane.stored.readAt([...this.pane.tails.targets.keys()], position)
    return step === this.step ? store : null
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

/** @param at the hit's place */
function rowOf(hit: PaneHit, at: string, store: RowStore): LogRow | null {
  const rows = store.shown.slice(0)
  const same = rows.filter((row) => row.source === hit.source && row.time === hit.time)
  const exact = same.find((row) => row.kind === 'line' && row.text === hit.text)
  return exact ?? same[0] ?? rows.find((row) => placedAt(row) >= at) ?? null
}
