import type { LineRow } from './row'
import type { RowStore } from './rowStore'

// Where a row store begins and ends in a container's log.

/** How many rows at one time can be duplicates. */
const MAX_SAME_TIME = 2000

/** The first line of a container in a store. */
export function firstLine(store: RowStore, source: number): LineRow | undefined {
  return lineAt(
    store,
    store.all.findIndex((row) => row.source === source && row.kind === 'line'),
  )
}

/** The last line of a container in a store. */
export function lastLine(store: RowStore, source: number): LineRow | undefined {
  return lineAt(
    store,
    store.all.findLastIndex((row) => row.source === source && row.kind === 'line'),
  )
}

function lineAt(store: RowStore, index: number): LineRow | undefined {
  return store.all.at(index) as LineRow | undefined
}

/**
 * Removes the end of a page that was read up to and including a time: the store has lines of that time already.
 *
 * @param first the store's first line of the container
 */
export function withoutDuplicates(rows: LineRow[], store: RowStore, first: LineRow): LineRow[] {
  const from = store.all.indexOf(first.n)
  const known = store.all
    .slice(from, from + MAX_SAME_TIME)
    .filter(
      (row): row is LineRow => row.kind === 'line' && row.source === first.source && row.time === first.time,
    )
  let end = rows.length
  for (let i = known.length - 1; i >= 0 && rows[end - 1]?.time === first.time; i--) end--
  return rows.slice(0, end)
}
