import type { Stride } from '../../worker/messages'
import type { Pane } from './paneModel'
import type { Row } from '../rows/row'
import type { Sequence } from '../rows/chunkedList'

/** Takes the reader to the next or the last hit, error, warning or row; around the end when there is no other. */
export function walk(pane: Pane, stride: Stride, by: 1 | -1, from: number | null): void {
  pane.standStill()
  const { shown, hits } = pane.picture
  const here = placeOn(pane, from, by)
  const rows = stride === 'hit' ? hits : shown
  if (!rows || rows.size === 0) return
  const wanted =
    stride === 'hit' && hits ? memberOf(hits) : (row: Row, index: number) => fits(shown, stride, row, index)
  const found =
    seek(shown, here, by, wanted) ??
    (stride === 'line' ? null : seek(shown, by === 1 ? -1 : shown.size, by, wanted))
  if (found) pane.take(found, true)
}

/** The index that the search begins beside. */
function placeOn(pane: Pane, from: number | null, by: 1 | -1): number {
  const { shown } = pane.picture
  const at = from === null ? -1 : shown.indexOf(from)
  if (at >= 0) return at
  const top = shown.indexAtLine(pane.look.top)
  return by === 1 ? top - 1 : Math.min(shown.size, shown.indexAtLine(pane.look.top + pane.look.height) + 1)
}

function seek(
  shown: Sequence<Row>,
  here: number,
  by: 1 | -1,
  wanted: (row: Row, index: number) => boolean,
): Row | null {
  const rows = shown.slice(0)
  for (let i = here + by; i >= 0 && i < rows.length; i += by) if (wanted(rows[i]!, i)) return rows[i]!
  return null
}

function memberOf(hits: Sequence<Row>): (row: Row) => boolean {
  const all = new Set(hits)
  return (row) => all.has(row)
}

/** A stack trace is one error, not fifty. */
function fits(shown: Sequence<Row>, stride: Stride, row: Row, index: number): boolean {
  if (stride === 'line') return true
  if (row.kind !== 'line' || row.level !== stride) return false
  const before = shown.at(index - 1)
  return !(before?.kind === 'line' && before.level === stride && before.source === row.source)
}
