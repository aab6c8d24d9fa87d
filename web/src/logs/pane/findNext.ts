import type { ChunkedList } from '../rows/chunkedList'
import type { LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import type { FindTarget, Viewport } from './commands'

/**
 * The next or previous hit, error, warning or row of a store. Null when there is none.
 *
 * @param from the row to start at; null: the edge of the viewport
 * @param wraps whether hits, errors and warnings wrap around the end
 */
export function findNext(
  store: RowStore,
  target: FindTarget,
  by: 1 | -1,
  from: number | null,
  viewport: Viewport,
  wraps: boolean,
): LogRow | null {
  const { shown, hits } = store
  const rows = target === 'hit' ? hits : shown
  if (!rows || rows.size === 0) return null
  const start = startIndex(shown, from, by, viewport)
  const matches =
    target === 'hit' && hits
      ? memberOf(hits)
      : (row: LogRow, index: number) => isTarget(shown, target, row, index)
  const found = search(shown, start, by, matches)
  if (found || target === 'line' || !wraps) return found
  return search(shown, by === 1 ? -1 : shown.size, by, matches)
}

/** The index next to which the search begins. */
function startIndex(shown: ChunkedList<LogRow>, from: number | null, by: 1 | -1, viewport: Viewport): number {
  const at = from === null ? -1 : shown.indexOf(from)
  if (at >= 0) return at
  if (by === 1) return shown.indexAtLine(viewport.top) - 1
  return Math.min(shown.size, shown.indexAtLine(viewport.top + viewport.height) + 1)
}

function search(
  shown: ChunkedList<LogRow>,
  start: number,
  by: 1 | -1,
  matches: (row: LogRow, index: number) => boolean,
): LogRow | null {
  const rows = shown.slice(0)
  for (let i = start + by; i >= 0 && i < rows.length; i += by) if (matches(rows[i]!, i)) return rows[i]!
  return null
}

function memberOf(hits: ChunkedList<LogRow>): (row: LogRow) => boolean {
  const all = new Set(hits)
  return (row) => all.has(row)
}

/** The lines of a stack trace are one error: only the first is a target. */
function isTarget(shown: ChunkedList<LogRow>, target: FindTarget, row: LogRow, index: number): boolean {
  if (target === 'line') return true
  if (row.kind !== 'line' || row.level !== target) return false
  const before = shown.at(index - 1)
  return !(before?.kind === 'line' && before.level === target && before.source === row.source)
}
