import type { LineRow, LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import type { StoredPage } from './logPages'

// Where a page borders on lines that the engine cannot read, their row stands between it and the next page, once.

/** The rows of a page that goes before those of a store. */
export function olderRows(rows: LineRow[], page: StoredPage, store: RowStore): LogRow[] {
  const { missing } = page
  if (missing === null) return rows
  if (missing.to !== null && missing.to === page.first) return [missing, ...rows]
  const next = store.all.at(store.all.findIndex((row) => row.source === missing.source))
  return next?.kind === 'gap' ? rows : [...rows, missing]
}

/** The rows of a page that goes after those of a store. */
export function newerRows(page: StoredPage, store: RowStore): LogRow[] {
  const { missing, rows } = page
  if (missing === null) return rows
  if (missing.from !== null && missing.from === page.cursor) return [...rows, missing]
  const last = store.all.at(store.all.findLastIndex((row) => row.source === missing.source))
  return last?.kind === 'gap' ? rows : [missing, ...rows]
}
