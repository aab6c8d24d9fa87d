import { looksLikeJson, pretty } from '../text/json'
import { lastOverwrite, plainText } from '../text/plainText'
import { SHOWN_CHARACTERS, SHOWN_LINES } from '../rows/textLayout'
import type { Look, RowView, View } from '../../worker/messages'
import type { Pane } from './paneModel'
import type { Row } from '../rows/row'

/** Lines above and below what is seen, so that scrolling does not outrun them. */
const OVERSCAN = 30
/** One notch of a wheel, for who follows: what is above is not drawn anew at each frame only to be scrolled past. */
const NOTCH = 8

function overscanOf({ still, look }: Pane): number {
  return still ? OVERSCAN : Math.max(NOTCH, Math.min(OVERSCAN, look.height >> 1))
}

/** What the page draws of a pane: the rows that can be seen and a few more, and the numbers around them. */
export function viewOf(pane: Pane): View {
  const { picture, look, history } = pane
  const { shown, all, hits } = picture
  const top = pane.still ? topLine(pane) : Math.max(0, shown.lines - look.height)
  const overscan = overscanOf(pane)
  const from = shown.indexAtLine(Math.max(0, top - overscan))
  const end = top + look.height + overscan
  const fromLine = shown.linesBefore(from)
  const rows: RowView[] = []
  let before = from > 0 ? (shown.at(from - 1)?.time ?? '') : ''
  let line = fromLine
  for (const row of shown.slice(from, from + look.height + 2 * overscan + 2)) {
    if (line > end) break
    rows.push(rowView(pane, row, before))
    before = row.time
    line += row.lines
  }
  return {
    pane: pane.number,
    rows,
    fromLine,
    totalLines: shown.lines,
    totalRows: shown.size,
    allRows: all.size,
    following: pane.still === null,
    missed: pane.still ? pane.arrivals.count - pane.arrivedThen : 0,
    arrived: pane.arrivals.count,
    errors: pane.arrivals.errors,
    counts: picture.counts,
    hits: hits ? { count: hits.size, at: placeOf(pane) } : null,
    badQuery: pane.badQuery,
    goto: gotoOf(pane),
    older: history.olderState,
    newer: history.newerState,
    storeProblem: history.problem,
    searching: history.searching,
    since: all.first?.time ?? '',
    cleared: pane.cleared !== null,
    sources: [...pane.tails.values()].map(({ source, ready, refusal, state, stateMessage }) => ({
      source,
      ready,
      refusal,
      state,
      stateMessage,
    })),
  }
}

/** Where the page stands now, though rows above have come or gone since it said so. */
function topLine(pane: Pane): number {
  const { look, picture } = pane
  if (!look.anchor) return look.top
  const { n, line } = look.anchor
  const at = picture.shown.indexOf(n)
  if (at < 0) return look.top
  const now = picture.shown.linesBefore(at)
  pane.look = { ...look, top: look.top + now - line, anchor: { n, line: now } }
  return pane.look.top
}

/** Where a row is that the reader is to be taken to: rows above it may have come since that was said. */
function gotoOf({ goto, picture, look }: Pane): View['goto'] {
  if (!goto) return null
  const { id, row, select } = goto
  const at = picture.shown.indexOf(row.n)
  return at < 0 ? null : { id, n: row.n, line: topFor(picture.shown.linesBefore(at), look), select }
}

/** The line at the top when this one is where one looks first. */
export function topFor(line: number, look: Look): number {
  return Math.max(0, line - Math.floor(look.height / 3))
}

function placeOf(pane: Pane): number | null {
  const at = pane.current ? (pane.picture.hits?.indexOf(pane.current.n) ?? -1) : -1
  return at < 0 ? null : at + 1
}

const NO_RANGES: number[] = []

export function rowView(pane: Pane, row: Row, before: string): RowView {
  const common: RowView = {
    text: '',
    n: row.n,
    kind: row.kind,
    source: row.source,
    time: row.time,
    before,
    more: 0,
    stderr: false,
    level: null,
    lines: row.lines,
    ranges: NO_RANGES,
    json: false,
    pretty: null,
    gap: null,
    state: null,
  }
  if (row.kind === 'gap') {
    const { reason, count, filling, note } = row
    const fill = filling !== 'no' ? filling : row.from !== null && reason !== 'removed' ? 'can' : 'cannot'
    return { ...common, text: '', gap: { reason, count, fill, note } }
  }
  if (row.kind === 'state') return { ...common, text: row.message ?? '', state: row.state }
  if (row.kind === 'marker') return { ...common, text: row.text }
  const whole = lastOverwrite(row.text)
  const more = Math.max(0, whole.length - SHOWN_CHARACTERS)
  const text = more > 0 ? whole.slice(0, SHOWN_CHARACTERS) : whole
  const json = looksLikeJson(whole)
  const { query } = pane.sieve
  return {
    ...common,
    text,
    more,
    stderr: row.stderr,
    level: row.level,
    ranges: query?.matches(plainText(row.text)) ? query.ranges(plainText(text)) : NO_RANGES,
    json,
    pretty: row.open && json ? (pretty(plainText(row.text))?.slice(0, SHOWN_LINES) ?? null) : null,
  }
}
