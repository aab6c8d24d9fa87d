import type { PaneModel } from './paneModel'
import type { PaneView, RowView } from './paneView'
import { placedAt } from '../rows/row'
import { rowView } from './rowView'
import { uncertainOrders } from './uncertainOrder'
import { topFor } from './viewport'

/** Rows above and below the viewport that are sent too, so that scrolling does not outrun them. */
const OVERSCAN = 30
/** One notch of a mouse wheel. While following, rows above would be drawn in each frame and scrolled out at once. */
const FOLLOWING_OVERSCAN = 8

/** What the page draws of a pane: the rows in sight and a few more, and the numbers around them. Changes nothing. */
export function buildView(pane: PaneModel): PaneView {
  const { rows, feed, reader, stored, search, count, navigator } = pane
  const { shown, all, hits, counts } = rows.shown
  return {
    pane: pane.number,
    ...rowsInSight(pane),
    totalLines: shown.lines,
    totalRows: shown.size,
    shownLines: rows.shown.shownLines,
    allRows: all.size,
    following: rows.frozen === null,
    missed: reader.missed,
    arrived: feed.count,
    errors: feed.errors,
    counts,
    hits: hits ? { count: hits.size, at: currentHit(pane) } : null,
    whole: count.whole,
    badQuery: pane.badQuery,
    scrollTo: scrollTo(pane),
    older: stored.olderState,
    newer: stored.newerState,
    storeProblem: stored.problem,
    searchProblem: search.problem,
    searchedHosts: search.hosts,
    searching: stored.searching || search.progress !== null,
    searched: search.progress,
    sought: navigator.result,
    since: all.first ? placedAt(all.first) : '',
    cleared: rows.isCleared,
    sources: pane.tails.all.map(({ source, ready, refusal, state, stateMessage }) => ({
      source,
      ready,
      refusal,
      state,
      stateMessage,
    })),
  }
}

function rowsInSight({ rows, reader, filter, clocks }: PaneModel): Pick<PaneView, 'rows' | 'fromLine'> {
  const { viewport } = reader
  const { shown } = rows.shown
  const { height } = viewport
  const top = rows.frozen ? viewport.top : Math.max(0, shown.lines - height)
  const overscan = rows.frozen
    ? OVERSCAN
    : Math.max(FOLLOWING_OVERSCAN, Math.min(OVERSCAN, viewport.height >> 1))
  const from = shown.indexAtLine(Math.max(0, top - overscan))
  const fromLine = shown.linesBefore(from)
  const end = top + height + overscan
  const found: RowView[] = []
  const rowBefore = from > 0 ? shown.at(from - 1) : undefined
  let before = rowBefore ? placedAt(rowBefore) : ''
  let line = fromLine
  const near = shown.slice(from, from + height + 2 * overscan + 2)
  const unsure = clocks.several ? uncertainOrders(near, (source) => clocks.of(source)) : []
  for (const [i, row] of near.entries()) {
    if (line > end) break
    found.push(rowView(row, before, filter, unsure[i] ?? null))
    before = placedAt(row)
    line += row.lines
  }
  return { rows: found, fromLine }
}

/** Computed for each view: rows above the target may have come since the request. */
function scrollTo({ reader, rows }: PaneModel): PaneView['scrollTo'] {
  const { scrollTarget, viewport } = reader
  if (!scrollTarget) return null
  const { id, row, select } = scrollTarget
  const { shown } = rows.shown
  const at = shown.indexOf(row.n)
  return at < 0 ? null : { id, n: row.n, line: topFor(shown.linesBefore(at), viewport), select }
}

/** Which hit the reader is at, counted from 1; null for none. */
function currentHit({ reader: { current }, rows }: PaneModel): number | null {
  const at = current ? (rows.shown.hits?.indexOf(current.n) ?? -1) : -1
  return at < 0 ? null : at + 1
}
