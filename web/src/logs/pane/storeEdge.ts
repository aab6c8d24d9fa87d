import { firstLine, lastLine } from '../rows/coverage'
import type { LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import type { PaneHit } from './storeSearch'

// Where the loaded part of a log ends, and what is known beyond.

/** Whether the log has lines beyond an end of a store, within the filter's time range. */
export function hasMore(store: RowStore, by: 1 | -1): boolean {
  return [...store.coverage].some(([source, { moreBefore, moreAfter }]) =>
    by === -1
      ? moreBefore && !store.isBeforeRange(firstLine(store, source)?.at)
      : moreAfter && !store.isAfterRange(lastLine(store, source)?.at),
  )
}

/**
 * Where a search goes on from a store in which nothing was found any more: a cursor, or a time; empty when none is known.
 *
 * @param from the row that the reader is at; null for none
 */
export function edge(store: RowStore, by: 1 | -1, from: number | null): string {
  const searched = by === -1 ? store.searchedTo : store.searchedOn
  if (searched !== null) return searched
  const open = [...store.coverage].filter(([, part]) => (by === -1 ? part.moreBefore : part.moreAfter))
  if (store.coverage.size === 1 && open.length === 1) {
    const [, part] = open[0]!
    const cursor = by === -1 ? part.first : part.last
    if (cursor !== null) return cursor
  }
  const ends = open
    .map(([source]) => (by === -1 ? firstLine(store, source) : lastLine(store, source))?.time ?? '')
    .filter((time) => time !== '')
    .sort()
  // Nothing between the row and the end of the log that ends first can be unknown.
  const end = (by === -1 ? ends.at(-1) : ends[0]) ?? ''
  const at = from === null ? '' : (store.shown.at(store.shown.indexOf(from))?.time ?? '')
  if (at === '' || end === '') return end
  return by === -1 ? (at < end ? at : end) : at > end ? at : end
}

/** Whether every log of the pane is loaded as far as a row, so that nothing between can be unknown. */
export function isKnown(store: RowStore, row: LogRow, by: 1 | -1): boolean {
  if (store.coverage.size === 1 || store.isOfItsFilter) return true
  const end = edge(store, by, null)
  return end === '' || row.time === '' || (by === -1 ? row.time >= end : row.time <= end)
}

/** Whether a store does not have a hit. Of one log, the search began right at the edge. */
export function isBeyond(store: RowStore, { source, time }: PaneHit, by: 1 | -1): boolean {
  if (store.coverage.size === 1) return true
  const known = (by === -1 ? firstLine(store, source) : lastLine(store, source))?.time ?? ''
  return known === '' || (by === -1 ? time < known : time > known)
}
