import type { Row } from './row'
import type { Sequence } from './chunkedList'

/** A container whose clock is further behind than so many rows of others stands there, and does not wander out of the kept ones. */
const REACH = 50_000

/**
 * Puts rows of one container, in its order and newer than what is there of it, among the others' by time. Only lines
 * are compared: the engine dates a start behind the lines that follow it, an end before the last line, a gap has no
 * time, and a person's marker has the browser's. Such a row keeps nobody else's line from its place, and goes up with
 * the line of its own that comes behind it.
 */
export function mergeNewer(into: Sequence<Row>, added: readonly Row[]): void {
  const place = placeOf(into, added)
  if (!place) return into.pushAll(added)
  const there = into.slice(place.from, place.to)
  const source = added[0]!.source
  const own = there.filter((row) => row.source === source)
  const others = own.length === 0 ? there : there.filter((row) => row.source !== source)
  into.splice(place.from, there.length, zip(others, [...own, ...added]))
}

/** Puts older rows of one container, read from the store, before those that are there of it. */
export function mergeOlder(into: Sequence<Row>, added: readonly Row[]): void {
  const last = added.at(-1)
  if (!last) return
  const end = into.findIndex(
    (row) => row.source === last.source || (row.kind === 'line' && row.time >= last.time),
  )
  const head = into.slice(0, end < 0 ? into.size : end)
  into.splice(0, head.length, zip(added, head))
}

/**
 * Puts what was missing in a gap in the gap's place: among the rows of others by time, before and behind those of its
 * own container as the gap was. False when the gap is not there.
 */
export function mergeInPlace(into: Sequence<Row>, gap: Row, rows: readonly Row[]): boolean {
  const at = into.indexOf(gap.n)
  if (at < 0) return false
  const from = into.findLastIndex((row) => row.source === gap.source, at) + 1
  const behind = into.slice(at + 1)
  const next = behind.findIndex((row) => row.source === gap.source)
  const others = [...into.slice(from, at), ...(next < 0 ? behind : behind.slice(0, next))]
  into.splice(from, others.length + 1, zip(others, rows))
  return true
}

/** Between which rows the added ones go; null: behind all of them. */
function placeOf(into: Sequence<Row>, added: readonly Row[]): { from: number; to: number } | null {
  const source = added[0]?.source
  const { last } = into
  if (!last || (last.kind === 'line' && last.source === source)) return null
  const times = added.map(timeOf).filter((time) => time !== '')
  const first = times[0]
  if (first === undefined) return behindOwn(into, added[0])
  const latest = times.reduce((one, other) => (other > one ? other : one))
  let from = into.size
  let to = from
  let at = from
  const isBefore = (row: Row) => {
    at--
    if (into.size - at > REACH) return true
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

/** What has no time stands where its container's log was; a marker is of no container. */
function behindOwn(into: Sequence<Row>, added: Row | undefined): { from: number; to: number } | null {
  if (!added || added.kind === 'marker') return null
  const from = into.findLastIndex((row) => row.source === added.source) + 1
  return from === 0 ? null : { from, to: from }
}

/** The time by which a row finds its place; empty for none. */
function timeOf(row: Row): string {
  return row.kind === 'marker' ? '' : row.time
}

/**
 * Both lists' own order kept, for lists that have no container in common; where times are equal, `earlier` comes
 * first. What is no line keeps no line behind it that is due.
 */
export function zip(earlier: readonly Row[], later: readonly Row[]): Row[] {
  const due = dueTimes(earlier)
  const wanted = dueTimes(later)
  const merged: Row[] = []
  let i = 0
  later.forEach((row, k) => {
    while (i < earlier.length && due[i]! <= wanted[k]!) merged.push(earlier[i++]!)
    merged.push(row)
  })
  for (; i < earlier.length; i++) merged.push(earlier[i]!)
  return merged
}

/** A line's is its time, another row's is no later than that of the line behind it. */
function dueTimes(rows: readonly Row[]): string[] {
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
