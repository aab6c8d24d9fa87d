import type { Pane } from './paneModel'
import type { Gap, Line } from '../rows/row'
import { MOST_LINES, type Page, type Place } from './logPages'

/** A gap is filled by so many pages at a time; the rest stays a gap. */
const MOST_PAGES = 6

/** Reads a piece of one container's stored log. */
export type ReadPlace = (source: number, place: Place, limit: number) => Promise<Page>

/** Reads what is missing in a gap of a pane, and puts it in its place, for one who stands still too. */
export async function fillGap(pane: Pane, n: number, read: ReadPlace): Promise<void> {
  const gap = find(pane, n)
  if (!gap || gap.filling === 'loading' || gap.from === null) return
  Object.assign(gap, { filling: 'loading', note: null })
  pane.world.changed(pane, true)
  try {
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await read(gap.source, missing(gap, gap.from), MOST_LINES)
      if (!page.anchored) throw new Error('the store no longer has the line that it begins after')
      if (put(pane, gap, page)) return
    }
    gap.filling = 'no'
  } catch (problem) {
    Object.assign(gap, { filling: 'failed', note: (problem as Error).message })
  }
  pane.world.changed(pane, true)
}

/** Where its other end was not known when the gap was told, that is the line that came next. */
function missing({ to }: Gap, from: string): Place {
  return to === null ? { after: from } : { after: from, before: to }
}

/** True when nothing is missing any more. */
function put(pane: Pane, gap: Gap, page: Page): boolean {
  const found = pane.arrivals.stored(gap.source, page.logs, page.streams)
  const end = gap.to === null ? endOf(found, lineAfter(pane, gap)) : -1
  const lines = end < 0 ? found : found.slice(0, end)
  const complete = end >= 0 || !page.moreAfter || found.length === 0
  if (!complete && gap.count !== null) gap.count = Math.max(1, gap.count - lines.length)
  gap.from = page.cursor ?? gap.from
  for (const picture of [pane.live, pane.still]) picture?.fill(gap, complete ? lines : [...lines, gap])
  pane.world.changed(pane, true)
  return complete
}

function endOf(rows: readonly Line[], next: Line | null): number {
  return next ? rows.findIndex((row) => row.wire === next.wire) : -1
}

function find(pane: Pane, n: number): Gap | null {
  for (const picture of [pane.live, pane.still])
    for (const row of picture?.all ?? []) if (row.n === n && row.kind === 'gap') return row
  return null
}

function lineAfter({ live, still }: Pane, gap: Gap): Line | null {
  for (const picture of [live, still]) {
    const at = picture?.all.indexOf(gap.n) ?? -1
    if (!picture || at < 0) continue
    for (const row of picture.all.slice(at + 1))
      if (row.source === gap.source && row.kind === 'line') return row
    return null
  }
  return null
}
