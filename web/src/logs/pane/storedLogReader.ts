import { edgeOf, firstOf, lastOf, withoutHeld } from '../rows/coverage'
import type { Pane } from './paneModel'
import { Picture, type Edge } from '../rows/rowStore'
import type { Line } from '../rows/row'
import { MOST_LINES, readPage, type Page, type Place } from './logPages'

/** Lines that are read at once when the reader comes near an end. */
const PAGE_LINES = 1000
/** How near that is. */
const NEAR_LINES = 150
/** A still picture may grow to this before it lets rows go at its other end. */
const MOST_STILL_ROWS = 120_000

/**
 * What a pane reads of the stored logs: older lines as the reader comes to the top, newer ones below a place that was
 * jumped to. In the worker; ends what it reads when the pane closes or follows again.
 */
export class History {
  private readonly older = new Set<number>()
  private readonly newer = new Set<number>()
  /** Why the store could not be read; null when it could. */
  problem: string | null = null
  /** True while older lines are searched until something is found. */
  searching = false
  /** What is under way belongs to this many'th undertaking; others' results are dropped. */
  private course = 0

  constructor(private readonly pane: Pane) {}

  get olderState(): 'more' | 'loading' | 'none' | 'failed' {
    return this.stateOf(this.older, (edge) => edge.moreBefore)
  }

  get newerState(): 'more' | 'loading' | 'none' | 'failed' {
    return this.stateOf(this.newer, (edge) => edge.moreAfter)
  }

  stop(): void {
    this.course++
    this.older.clear()
    this.newer.clear()
    this.searching = false
    this.problem = null
  }

  /** Begins to read what the reader is about to come to. */
  wanted(): void {
    const { still, look } = this.pane
    if (!still || this.problem !== null) return
    const top = still.shown.at(still.shown.indexAtLine(look.top))
    const above = look.top < NEAR_LINES && !still.leavesOut()
    const below = look.top + look.height > still.shown.lines - NEAR_LINES
    for (const [source, edge] of still.edges) {
      const begins = still.edges.size > 1 && top ? firstOf(still, source)?.time : undefined
      const late = begins !== undefined && top !== undefined && top.time !== '' && begins > top.time
      if (edge.moreBefore && (above || late)) void this.readOlder(still, source, edge)
      if (edge.moreAfter && below) void this.readNewer(still, source, edge)
    }
  }

  /** Goes on through the store, page by page, until a line is found that the sieve shows. */
  async searchOlder(): Promise<void> {
    this.pane.standStill()
    const { still } = this.pane
    if (!still || this.searching) return
    this.problem = null
    this.searching = true
    const { course } = this
    const found = () => (still.hits ?? still.shown).size
    const before = found()
    while (this.searching && course === this.course && found() === before) {
      const left = [...still.edges].filter(([, edge]) => edge.moreBefore)
      if (left.length === 0 || this.problem !== null) break
      await Promise.all(left.map(([source, edge]) => this.readOlder(still, source, edge, MOST_LINES)))
    }
    if (course !== this.course) return
    this.searching = false
    const first = (still.hits ?? still.shown).first
    if (found() > before && first) this.pane.take(first, true)
    this.changed()
  }

  stopSearch(): void {
    this.searching = false
    this.changed()
  }

  /** Stands still at a moment of the stored logs. */
  async jump(time: string): Promise<void> {
    this.stop()
    const { course } = this
    const { pane } = this
    const picture = new Picture(pane.sieve)
    try {
      const pages = await Promise.all(
        [...pane.tails.keys()].map(
          async (source) => [source, await this.read(source, { around: time }, PAGE_LINES)] as const,
        ),
      )
      if (course !== this.course) return
      for (const [source, page] of pages) {
        picture.edges.set(source, edgeOf(page))
        picture.append(pane.arrivals.stored(source, page.logs, page.streams))
      }
    } catch (problem) {
      if (course === this.course) this.fail(problem)
      return
    }
    pane.standStill()
    pane.still = picture
    const row = picture.shown.slice(0).find((one) => one.time >= time) ?? picture.shown.last
    if (row) pane.take(row, true)
    this.changed()
  }

  private async readOlder(picture: Picture, source: number, edge: Edge, limit = PAGE_LINES): Promise<void> {
    if (this.older.has(source)) return
    this.older.add(source)
    this.changed()
    const { course } = this
    const first = firstOf(picture, source)
    try {
      const byTime = edge.first === null
      const place: Place = !byTime
        ? { before: edge.first! }
        : { through: first?.time || new Date().toISOString() }
      const page = await this.read(source, place, limit)
      if (course !== this.course) return
      let rows = this.pane.arrivals.stored(source, page.logs, page.streams)
      if (byTime && first) rows = withoutHeld(rows, picture, first)
      this.prepend(picture, source, rows, {
        first: page.first ?? edge.first,
        moreBefore: page.moreBefore && page.logs.length > 0,
      })
    } catch (problem) {
      if (course === this.course) this.fail(problem)
    }
    if (course === this.course) this.older.delete(source)
    this.changed()
  }

  private prepend(picture: Picture, source: number, rows: Line[], reach: Partial<Edge>): void {
    const { live } = this.pane
    const held = firstOf(picture, source)
    const room = live.all.size + rows.length <= MOST_STILL_ROWS - 20_000
    // What was read is kept for when the reader follows again, if the ring has room and ends where this begins.
    if (picture !== live && room && firstOf(live, source) === held && live.edges.has(source)) {
      live.prepend(rows)
      Object.assign(live.edges.get(source)!, reach)
    }
    picture.prepend(rows)
    Object.assign(picture.edges.get(source)!, reach)
    picture.keepOldest(MOST_STILL_ROWS)
  }

  private async readNewer(picture: Picture, source: number, edge: Edge): Promise<void> {
    if (this.newer.has(source)) return
    this.newer.add(source)
    this.changed()
    const { course } = this
    try {
      const last = lastOf(picture, source)
      const place: Place = { after: edge.last ?? last?.time ?? '' }
      const page = await this.read(source, place, PAGE_LINES)
      if (course !== this.course) return
      picture.append(this.pane.arrivals.stored(source, page.logs, page.streams))
      Object.assign(edge, {
        last: page.cursor ?? edge.last,
        moreAfter: page.moreAfter && page.logs.length > 0,
      })
    } catch (problem) {
      if (course === this.course) this.fail(problem)
    }
    if (course === this.course) this.newer.delete(source)
    this.changed()
  }

  /** A piece of one container's stored log. */
  read(source: number, place: Place, limit: number): Promise<Page> {
    const tail = this.pane.tails.get(source)
    if (!tail) return Promise.reject(new Error('this container is no longer in the pane'))
    return readPage(this.pane.world.fetchJson, tail.target, place, limit)
  }

  private stateOf(loading: Set<number>, more: (edge: Edge) => boolean) {
    if (loading.size > 0) return 'loading'
    if (![...this.pane.picture.edges.values()].some(more)) return 'none'
    return this.problem === null ? 'more' : 'failed'
  }

  private fail(problem: unknown): void {
    this.problem = (problem as Error).message
    this.changed()
  }

  private changed(): void {
    this.pane.world.changed(this.pane, true)
  }
}
