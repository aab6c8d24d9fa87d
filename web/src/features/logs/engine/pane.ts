import type { LogGap, LogStateFrame, Request } from '../../../protocol/types'
import { continues, levelOf, type Level } from '../level'
import { plainText } from '../plain'
import { isBad, parseQuery } from '../query'
import { columnsOf, heightOf } from './height'
import { History } from './history'
import type { Look, Member, SieveOrder, View } from './orders'
import { Picture, type Sieve } from './picture'
import { lineOf, type Gap, type Line, type Row } from './row'
import type { FetchJson } from './stored'
import { Tail, type TailSink } from './tail'

export const MOST_ROWS = 100_000

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
export class Pane implements TailSink {
  readonly tails = new Map<number, Tail>()
  readonly history: History
  live: Picture
  /** Null while following. */
  still: Picture | null = null
  sieve: Sieve
  badQuery: string | null = null
  look: Look = { follow: true, top: 0, height: 50, anchor: null, wrap: false, columns: 200 }
  /** Whether the page has room for another view. */
  credit = false
  dirty = true
  goto: View['goto'] = null
  /** The row that the reader was last taken to. */
  current: Row | null = null
  arrived = 0
  errors = 0
  /** `arrived` when the reader stopped following. */
  arrivedThen = 0
  /** What was there before it was cleared. */
  cleared: Picture | null = null

  private numbers = 0
  private gotos = 0
  private readonly lastLevels = new Map<number, Level>()
  /** Rows that stand where a resumption failed, until their `log_gap` says more. */
  private readonly seams = new Map<number, Gap>()

  constructor(
    readonly number: number,
    sieve: SieveOrder,
    /** How many lines a container that is added brings. */
    private backlogLines: number,
    readonly world: PaneWorld,
  ) {
    this.sieve = this.sieveOf(sieve)
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
      else this.join(new Tail(source, target, this.world.nextSub, this))
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

  lines(tail: Tail, logs: readonly unknown[], streams: string): void {
    const rows = this.rowsOf(tail.source, logs, streams, this.lastLevels)
    this.arrived += rows.length
    for (const row of rows) if (row.level === 'error') this.errors++
    this.live.append(rows)
    this.live.keep(MOST_ROWS)
    this.world.changed(this, false)
  }

  backlog(tail: Tail, logs: readonly unknown[], streams: string): void {
    const { source, moreBefore } = tail
    this.live.forget((row) => row.source === source)
    this.live.edges.set(source, { first: null, last: null, moreBefore, moreAfter: false })
    this.live.weave(this.rowsOf(source, logs, streams, this.lastLevels))
    this.live.keep(MOST_ROWS)
    this.world.changed(this, true)
  }

  gap(tail: Tail, { reason, from, to, count }: LogGap): void {
    const seam = this.seams.get(tail.source)
    if (seam && reason !== 'seam') {
      Object.assign(seam, { reason, from: from ?? seam.from, to, count })
      this.seams.delete(tail.source)
    } else {
      const row: Gap = {
        ...this.common(tail.source),
        kind: 'gap',
        time: '',
        reason,
        from: from ?? tail.cursor,
        to,
        count,
        filling: 'no',
        note: null,
      }
      if (reason === 'seam') this.seams.set(tail.source, row)
      this.live.append([row])
    }
    this.world.changed(this, true)
  }

  turn(tail: Tail, { state, message, at }: LogStateFrame): void {
    this.live.append([{ ...this.common(tail.source), kind: 'state', time: at ?? '', state, message }])
    this.world.changed(this, true)
  }

  /** A person's mark, after everything that has come. */
  mark(text: string, time: string): void {
    this.live.append([{ ...this.common(-1), kind: 'marker', time, text }])
    this.world.changed(this, true)
  }

  sift(order: SieveOrder): void {
    this.sieve = this.sieveOf(order)
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
    if (resized) this.measureAll()
    this.history.wanted()
    if (this.dirty || resized || moved) this.world.changed(this, true)
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
    this.arrivedThen = this.arrived
    this.dirty = true
  }

  /** Takes the reader to a row of the picture. */
  take(row: Row, select: boolean): void {
    const at = this.picture.shown.findIndex((other) => other === row)
    if (at < 0) return
    const line = this.picture.shown.linesBefore(at)
    const top = Math.max(0, line - Math.floor(this.look.height / 3))
    this.look = { ...this.look, follow: false, top, anchor: null }
    this.goto = { id: ++this.gotos, n: row.n, line: top, select }
    if (select) this.current = row
    this.world.changed(this, true)
  }

  unfold(n: number | null, open: boolean): void {
    for (const row of this.picture.all) {
      if (row.kind !== 'line' || (n !== null && row.n !== n)) continue
      row.open = open
      row.measuredFor = 0
      this.measure(row)
    }
    this.remeasure()
  }

  /** The page has measured what could not be computed. */
  measured(rows: readonly [number, number][]): void {
    const heights = new Map(rows)
    for (const row of this.picture.shown) {
      const lines = heights.get(row.n)
      if (lines === undefined || row.kind !== 'line') continue
      row.lines = lines
      row.measuredFor = columnsOf(this.look)
    }
    this.remeasure()
  }

  clear(undo: boolean): void {
    if (undo && this.cleared) {
      this.cleared.append(this.live.all.slice(0).filter((row) => row.kind !== 'marker' || row.source >= 0))
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

  /** Lines of the wire as rows of this pane. */
  rowsOf(
    source: number,
    logs: readonly unknown[],
    streams: string,
    levels = new Map<number, Level>(),
  ): Line[] {
    let last = levels.get(source) ?? null
    const rows = logs.map((wire, i) => {
      const line = lineOf(this.numbers++, source, wire, streams.charAt(i))
      const text = plainText(line.text)
      last = line.level = last !== null && continues(text) ? last : levelOf(text)
      if (this.look.wrap) this.measure(line)
      return line
    })
    levels.set(source, last)
    return rows
  }

  /** The row at the top of the page; null while following. */
  anchorRow(): Row | null {
    const { anchor } = this.look
    if (!this.still || !anchor) return null
    return this.still.shown.at(this.still.shown.findIndex((row) => row.n === anchor.n)) ?? null
  }

  private takeToNearest(anchor: Row): void {
    const { all, shown } = this.picture
    const at = all.findIndex((row) => row === anchor)
    const next = all.slice(at).find((row) => this.picture.shows(row)) ?? shown.last
    if (next) this.take(next, false)
  }

  private sieveOf(order: SieveOrder): Sieve {
    const query = parseQuery(order.text, order.caseSensitive)
    this.badQuery = isBad(query) ? query.problem : null
    return {
      levels: order.levels === null ? null : new Set(order.levels),
      muted: new Set(order.muted),
      stderrOnly: order.stderrOnly,
      query: isBad(query) ? null : query,
      only: order.only,
    }
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

  private measureAll(): void {
    for (const picture of [this.live, this.still])
      for (const row of picture?.all ?? []) if (row.kind === 'line') this.measure(row)
    this.remeasure()
  }

  private measure(line: Line): void {
    line.lines = heightOf(line, this.look)
  }

  private remeasure(): void {
    this.live.remeasure()
    this.still?.remeasure()
    this.world.changed(this, true)
  }

  private common(source: number) {
    return { n: this.numbers++, source, lines: 1, gone: false }
  }
}
