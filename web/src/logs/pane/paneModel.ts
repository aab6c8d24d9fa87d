import type { Request } from '../../protocol/types'
import { Arrivals } from './liveFeed'
import { fillGap } from './gapFiller'
import { columnsOf } from '../rows/textLayout'
import { History } from './storedLogReader'
import type { Look, Member, SieveOrder } from '../../worker/messages'
import { Picture } from '../rows/rowStore'
import type { Row } from '../rows/row'
import { Ruler } from '../rows/rowHeights'
import { readSieve, type Sieve } from '../rows/filter'
import type { FetchJson } from './logPages'
import { Tail } from './tail'
import { topFor } from './viewBuilder'

/** What a pane needs of the world around it. */
export interface PaneWorld {
  nextSub(): string
  send(request: Request): void
  fetchJson: FetchJson
  /** There is something new to show; `urgent` when the reader waits for it. */
  changed(pane: Pane, urgent: boolean): void
}

/**
 * One pane's logs in the worker: a tail for each of its containers, the picture that goes on, and the still one
 * while the reader reads. Lives from the order that opens it to the one that closes it.
 */
export class Pane {
  readonly tails = new Map<number, Tail>()
  readonly arrivals = new Arrivals(this)
  readonly history: History
  readonly ruler = new Ruler(this)
  live: Picture
  /** Null while following. */
  still: Picture | null = null
  sieve!: Sieve
  badQuery: string | null = null
  look: Look = { follow: true, top: 0, height: 50, anchor: null, wrap: false, columns: 200 }
  /** Whether the page has room for another view. */
  credit = false
  dirty = true
  /** Of what is not shown yet, something is waited for. */
  urgent = true
  goto: { id: number; row: Row; select: boolean } | null = null
  /** The row that the reader was last taken to. */
  current: Row | null = null
  /** How much had come when the reader stopped following. */
  arrivedThen = 0
  /** What was there before it was cleared. */
  cleared: Picture | null = null

  private gotos = 0

  constructor(
    readonly number: number,
    sieve: SieveOrder,
    /** How many lines a container that is added brings. */
    private backlogLines: number,
    readonly world: PaneWorld,
  ) {
    this.read(sieve)
    this.live = new Picture(this.sieve)
    this.history = new History(this)
  }

  get picture(): Picture {
    return this.still ?? this.live
  }

  /** Says which containers the pane shows: tails of new ones begin, of others end; their rows stay. */
  show(members: readonly Member[]): void {
    const wanted = new Set(members.map((member) => member.source))
    for (const [source, tail] of this.tails) if (!wanted.has(source)) this.leave(source, tail)
    for (const { source, target } of members) {
      const tail = this.tails.get(source)
      if (tail) tail.target = target
      else this.join(new Tail(source, target, this.world.nextSub, this.arrivals))
    }
    this.world.changed(this, true)
  }

  close(): void {
    for (const [source, tail] of this.tails) this.leave(source, tail)
    this.history.stop()
  }

  /** A new connection: every tail goes on after its last line. */
  subscribe(which: (tail: Tail) => boolean = () => true): void {
    for (const tail of this.tails.values())
      if (which(tail)) this.world.send(tail.subscribe(this.backlogLines))
    this.world.changed(this, true)
  }

  sift(order: SieveOrder): void {
    this.read(order)
    const anchor = this.anchorRow()
    this.live.sift(this.sieve)
    this.still?.sift(this.sieve)
    if (anchor && !this.picture.shows(anchor)) this.takeToNearest(anchor)
    this.history.stop()
    this.world.changed(this, true)
  }

  /** What the page shows now. */
  lookAt(look: Look): void {
    const before = this.look
    const resized = columnsOf(look) !== columnsOf(before)
    const moved =
      look.follow !== before.follow ||
      look.height !== before.height ||
      (!look.follow && look.top !== before.top)
    this.look = look
    this.credit = true
    if (look.follow) this.follow()
    else this.standStill()
    if (resized) this.ruler.measureAll()
    this.history.wanted()
    if (this.dirty || resized || moved) this.world.changed(this, resized || moved || this.still !== null)
  }

  follow(): void {
    if (!this.still) return
    this.still = null
    this.current = null
    this.goto = null
    this.history.stop()
    this.dirty = true
  }

  standStill(): void {
    if (this.still) return
    this.still = this.live.copy()
    this.arrivedThen = this.arrivals.count
    this.dirty = true
  }

  /** Takes the reader to a row of the picture. */
  take(row: Row, select: boolean): void {
    const at = this.picture.shown.indexOf(row.n)
    if (at < 0) return
    const top = topFor(this.picture.shown.linesBefore(at), this.look)
    this.look = { ...this.look, follow: false, top, anchor: null }
    this.goto = { id: ++this.gotos, row, select }
    if (select) this.current = row
    this.world.changed(this, true)
  }

  clear(undo: boolean): void {
    if (undo && this.cleared) {
      for (const row of this.live.all) this.cleared.append([row])
      this.live = this.cleared
      this.live.sift(this.sieve)
      this.cleared = null
    } else if (!undo) {
      this.cleared = this.live
      this.live = new Picture(this.sieve)
      for (const [source] of this.tails)
        this.live.edges.set(source, { first: null, last: null, moreBefore: false, moreAfter: false })
    }
    this.still = null
    this.world.changed(this, true)
  }

  /** Reads what is missing in a gap, and puts it in its place. */
  fill(n: number): Promise<void> {
    return fillGap(this, n, (source, place, limit) => this.history.read(source, place, limit))
  }

  /** The row at the top of the page; null while following. */
  anchorRow(): Row | null {
    const { anchor } = this.look
    if (!this.still || !anchor) return null
    return this.still.shown.at(this.still.shown.indexOf(anchor.n)) ?? null
  }

  private takeToNearest(anchor: Row): void {
    const { all, shown } = this.picture
    const at = all.indexOf(anchor.n)
    const next = all.slice(at).find((row) => this.picture.shows(row)) ?? shown.last
    if (next) this.take(next, false)
  }

  private read(order: SieveOrder): void {
    const { sieve, problem } = readSieve(order)
    this.sieve = sieve
    this.badQuery = problem
  }

  private join(tail: Tail): void {
    this.tails.set(tail.source, tail)
    this.live.edges.set(tail.source, { first: null, last: null, moreBefore: false, moreAfter: false })
    this.world.send(tail.subscribe(this.backlogLines))
  }

  private leave(source: number, tail: Tail): void {
    this.tails.delete(source)
    this.world.send(tail.unsubscribe())
  }
}
