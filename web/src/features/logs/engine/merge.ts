import type { Row } from './row'
import type { Sequence } from './sequence'

/** How far back a late line is put into its place; a host whose clock is further behind is read as it comes. */
export const REACH = 5_000

/** Puts rows that have just come (of one container, in its order) among those that are there, by time. */
export function mergeNewest(into: Sequence<Row>, added: readonly Row[]): void {
  const first = added[0]
  if (!first) return
  const last = into.last
  if (!last || !comesAfter(last, first)) return into.pushAll(added)
  const from = into.findLastIndex((row) => !comesAfter(row, first)) + 1
  mergeFrom(into, Math.max(from, into.size - REACH), added)
}

/**
 * Puts a part of a container's past among what is there, however long ago that is. What has no time of its own keeps
 * no line behind it.
 */
export function mergePast(into: Sequence<Row>, added: readonly Row[]): void {
  const first = added[0]
  if (!first) return
  const isBefore = (row: Row) => row.source === first.source || (row.time !== '' && row.time <= first.time)
  mergeFrom(into, into.findLastIndex(isBefore) + 1, added)
}

function mergeFrom(into: Sequence<Row>, from: number, added: readonly Row[]): void {
  if (from >= into.size) return into.pushAll(added)
  const tail = into.slice(from)
  into.splice(from, tail.length, zip(tail, added))
}

/** Puts older rows, read from the store, before and among those that are there. */
export function mergeOldest(into: Sequence<Row>, added: readonly Row[]): void {
  const last = added.at(-1)
  if (!last) return
  const end = into.findIndex((row) => row.time !== '' && row.time >= last.time)
  const head = into.slice(0, end < 0 ? into.size : end)
  into.splice(0, head.length, zip(added, head))
}

/**
 * Puts what was missing in a gap in the gap's place: among the rows of others by time, before and behind those of its
 * own container as the gap was. False when the gap is not there.
 */
export function mergeInPlace(into: Sequence<Row>, gap: Row, rows: readonly Row[]): boolean {
  const at = into.findIndex((row) => row === gap)
  if (at < 0) return false
  const from = into.findLastIndex((row) => row.source === gap.source, at) + 1
  const behind = into.slice(at + 1)
  const next = behind.findIndex((row) => row.source === gap.source)
  const others = [...into.slice(from, at), ...(next < 0 ? behind : behind.slice(0, next))]
  into.splice(from, others.length + 1, zip(others, rows))
  return true
}

/** A container's own order is never changed, whatever its clock says. */
function comesAfter(there: Row, added: Row): boolean {
  return there.source !== added.source && there.time !== '' && there.time > added.time
}

/** Both lists' own order kept; where a container is in both, what is in `earlier` comes first. */
export function zip(earlier: readonly Row[], later: readonly Row[]): Row[] {
  const left = new Map<number, number>()
  for (const row of earlier) left.set(row.source, (left.get(row.source) ?? 0) + 1)
  const merged: Row[] = []
  let i = 0
  for (const row of later) {
    while (i < earlier.length && ((left.get(row.source) ?? 0) > 0 || earlier[i]!.time <= row.time)) {
      const next = earlier[i++]!
      left.set(next.source, left.get(next.source)! - 1)
      merged.push(next)
    }
    merged.push(row)
  }
  for (; i < earlier.length; i++) merged.push(earlier[i]!)
  return merged
}
