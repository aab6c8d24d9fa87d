import { nameOf, type LevelName } from '../text/level'
import { plainText } from '../text/plainText'
import { mergeInPlace, mergeNewer, mergeOlder } from './merge'
import { weightOf, type Row } from './row'
import { Sequence } from './chunkedList'
import type { Sieve } from './filter'

/** How far a picture reaches into one container's stored log, at both ends. */
export interface Edge {
  /** Cursors of its first and last line; null when only their times are known. */
  first: string | null
  last: string | null
  moreBefore: boolean
  moreAfter: boolean
}

/**
 * The rows of a pane in their order, and of these those that the sieve lets through and those that the query finds.
 * A pane has one that goes on with the log, and a copy that stands still while the reader reads.
 */
export class Picture {
  all = new Sequence<Row>()
  /** The same as `all` while nothing is left out. */
  shown = this.all
  hits: Sequence<Row> | null = null
  counts: Record<LevelName, number> = { error: 0, warn: 0, info: 0, debug: 0, other: 0 }
  weight = 0
  /** By the container's number in its pane. */
  edges = new Map<number, Edge>()

  constructor(private sieve: Sieve) {}

  /** What has just come of one container, or what of its past comes behind what is there of it. */
  append(rows: readonly Row[]): void {
    mergeNewer(this.all, rows)
    this.derive(rows, mergeNewer)
  }

  /** What was read from the store, older than what is there of the same containers. */
  prepend(rows: readonly Row[]): void {
    mergeOlder(this.all, rows)
    this.derive(rows, mergeOlder)
  }

  /** Puts what was missing in a gap in its place; nothing happens when the gap is not there. */
  fill(gap: Row, rows: readonly Row[]): void {
    if (mergeInPlace(this.all, gap, rows)) this.sift(this.sieve)
  }

  /** Forgets all rows of which this holds. */
  forget(which: (row: Row) => boolean): void {
    this.all = this.all.filter((row) => !which(row))
    this.sift(this.sieve)
  }

  /** The same log through another sieve. */
  sift(sieve: Sieve): void {
    this.sieve = sieve
    this.counts = { error: 0, warn: 0, info: 0, debug: 0, other: 0 }
    this.weight = 0
    for (const row of this.all) this.count(row, 1)
    this.shown = this.leavesOut() ? this.all.filter((row) => this.shows(row)) : this.all
    if (!sieve.query) this.hits = null
    else this.hits = sieve.only ? this.shown : this.shown.filter((row) => this.isHit(row))
  }

  /** Lets the oldest rows go until so many are left. */
  keep(most: number): void {
    if (this.all.size <= most) return
    while (this.all.size > most) this.dropOldest()
    this.tidy()
    for (const edge of this.edges.values()) Object.assign(edge, { first: null, moreBefore: true })
  }

  /** Lets the newest rows go; for a copy that grows at its other end. */
  keepOldest(most: number): boolean {
    if (this.all.size <= most) return false
    this.all.splice(most, this.all.size - most, [])
    this.sift(this.sieve)
    for (const edge of this.edges.values()) Object.assign(edge, { last: null, moreAfter: true })
    return true
  }

  copy(): Picture {
    const copy = new Picture(this.sieve)
    copy.all = this.all.copy()
    copy.shown = this.shown === this.all ? copy.all : this.shown.copy()
    copy.hits = this.hits === null ? null : this.hits === this.shown ? copy.shown : this.hits.copy()
    copy.counts = { ...this.counts }
    copy.weight = this.weight
    copy.edges = new Map([...this.edges].map(([source, edge]) => [source, { ...edge }]))
    return copy
  }

  remeasure(): void {
    for (const sequence of new Set([this.all, this.shown, this.hits])) sequence?.remeasure()
  }

  isHit(row: Row): boolean {
    return row.kind === 'line' && this.sieve.query !== null && this.sieve.query.matches(plainText(row.text))
  }

  shows(row: Row): boolean {
    const { levels, muted, stderrOnly, query, only } = this.sieve
    if (row.source >= 0 && muted.has(row.source)) return false
    if (row.kind !== 'line') return true
    if (stderrOnly && !row.stderr) return false
    if (levels && !levels.has(nameOf(row.level))) return false
    return !only || query === null || query.matches(plainText(row.text))
  }

  leavesOut(): boolean {
    const { levels, muted, stderrOnly, query, only } = this.sieve
    return levels !== null || muted.size > 0 || stderrOnly || (only && query !== null)
  }

  private derive(rows: readonly Row[], merge: typeof mergeOlder): void {
    for (const row of rows) this.count(row, 1)
    const shown = this.shown === this.all ? rows : rows.filter((row) => this.shows(row))
    if (this.shown !== this.all) merge(this.shown, shown)
    if (this.hits && this.hits !== this.shown)
      merge(
        this.hits,
        shown.filter((row) => this.isHit(row)),
      )
  }

  private dropOldest(): void {
    const row = this.all.shift()
    if (!row) return
    row.gone = true
    this.count(row, -1)
  }

  private tidy(): void {
    for (const sequence of [this.shown, this.hits])
      if (sequence && sequence !== this.all) while (sequence.first?.gone) sequence.shift()
  }

  private count(row: Row, by: 1 | -1): void {
    this.weight += by * weightOf(row)
    if (row.kind === 'line') this.counts[nameOf(row.level)] += by
  }
}
