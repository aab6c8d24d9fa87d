import { ChunkedList } from './chunkedList'
import { placedAt, type LogRow } from './row'

/**
 * A line whose place by time is further up than this many rows stays here. A container with a slow clock would
 * otherwise lose its lines at the old end of the store.
 */
const MAX_SEARCH = 50_000

/**
 * Merges newer rows of one container, in their order, among the rows of the others by time. Only the times of lines
 * count: the engine dates a start after the lines that follow it and an end before the last line, a gap has no time,
 * and a marker has the browser's. Such a row never keeps a line of another container from its place, and moves up with
 * the next line of its own container.
 */
export function mergeNewer(into: ChunkedList<LogRow>, added: readonly LogRow[]): void {
  const range = mergeRange(into, added)
  if (!range) return into.pushAll(added)
  const there = into.slice(range.from, range.to)
  const source = added[0]!.source
  const own = there.filter((row) => row.source === source)
  const others = own.length === 0 ? there : there.filter((row) => row.source !== source)
  into.splice(range.from, there.length, zip(others, [...own, ...added]))
}

/** The same rows, each container's in their order, merged by time again; markers stay after the row before them. */
export function mergedAgain(rows: Iterable<LogRow>): ChunkedList<LogRow> {
  const bySource = new Map<number, LogRow[]>()
  const markers: [marker: LogRow, after: number | null][] = []
  let before: number | null = null
  for (const row of rows) {
    if (row.kind === 'marker') markers.push([row, before])
    else if (bySource.has(row.source)) bySource.get(row.source)!.push(row)
    else bySource.set(row.source, [row])
    before = row.n
  }
  const merged = new ChunkedList<LogRow>()
  for (const part of bySource.values()) mergeNewer(merged, part)
  for (const [marker, after] of markers)
    merged.splice(after === null ? 0 : merged.indexOf(after) + 1, 0, [marker])
  return merged
}

/** Merges older rows of one container, read from the store, before its rows that are already here. */
export function mergeOlder(into: ChunkedList<LogRow>, added: readonly LogRow[]): void {
  const last = added.at(-1)
  if (!last) return
  const end = into.findIndex(
    (row) => row.source === last.source || (row.kind === 'line' && row.at >= placedAt(last)),
  )
  const head = into.slice(0, end < 0 ? into.size : end)
  into.splice(0, head.length, zip(added, head))
}

/**
 * Replaces a gap by the rows that were missing: by time among the rows of other containers, and between the same rows
 * of its own container as the gap. False when the gap is not here.
 */
export function mergeInPlace(into: ChunkedList<LogRow>, gap: LogRow, rows: readonly LogRow[]): boolean {
  const at = into.indexOf(gap.n)
  if (at < 0) return false
  const from = into.findLastIndex((row) => row.source === gap.source, at) + 1
  const after = into.slice(at + 1)
  const next = after.findIndex((row) => row.source === gap.source)
  const others = [...into.slice(from, at), ...(next < 0 ? after : after.slice(0, next))]
  into.splice(from, others.length + 1, zip(others, rows))
  return true
}

/** The range of rows to merge with; null: the added rows go after all of them. */
function mergeRange(
  into: ChunkedList<LogRow>,
  added: readonly LogRow[],
): { from: number; to: number } | null {
  const source = added[0]?.source
  const { last } = into
  if (!last || (last.kind === 'line' && last.source === source)) return null
  const times = added.map(timeOf).filter((time) => time !== '')
  const first = times[0]
  if (first === undefined) return afterOwn(into, added[0])
  const latest = times.reduce((one, other) => (other > one ? other : one))
  let from = into.size
  let to = from
  let at = from
  const isBefore = (row: LogRow) => {
    at--
    if (into.size - at > MAX_SEARCH) return true
    const time = timeOf(row)
    if (row.source === source) return row.kind === 'line'
    if (time > first) {
      from = at
      if (to === at + 1 && time > latest) to = at
      return false
    }
    return row.kind === 'line'
  }
  into.findLastIndex(isBefore)
  return from === into.size ? null : { from, to }
}

/** A row without a time goes after the rows of its container; a marker has no container. */
function afterOwn(into: ChunkedList<LogRow>, added: LogRow | undefined): { from: number; to: number } | null {
  if (!added || added.kind === 'marker') return null
  const from = into.findLastIndex((row) => row.source === added.source) + 1
  return from === 0 ? null : { from, to: from }
}

/** The time that decides a row's place; empty for none. */
function timeOf(row: LogRow): string {
  return row.kind === 'marker' ? '' : placedAt(row)
}

/**
 * Merges two lists without a common container; each keeps its own order. At equal times `earlier` comes first. Rows
 * that are not lines do not delay the lines after them.
 */
function zip(earlier: readonly LogRow[], later: readonly LogRow[]): LogRow[] {
  const due = dueTimes(earlier)
  const wanted = dueTimes(later)
  const merged: LogRow[] = []
  let i = 0
  later.forEach((row, k) => {
    while (i < earlier.length && due[i]! <= wanted[k]!) merged.push(earlier[i++]!)
    merged.push(row)
  })
  for (; i < earlier.length; i++) merged.push(earlier[i]!)
  return merged
}

/** The due time of a line is its time; that of another row is no later than that of the line after it. */
function dueTimes(rows: readonly LogRow[]): string[] {
  const due: string[] = new Array<string>(rows.length)
  let next: string | null = null
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i]!
    const time = timeOf(row)
    if (row.kind === 'line') due[i] = next = time
    else due[i] = next !== null && (time === '' || next < time) ? next : time
  }
  return due
}
