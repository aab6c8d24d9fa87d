import type { PaneRows } from '../rows/paneRows'
import type { GapRow, LineRow } from '../rows/row'
import { MAX_PAGE_LINES, type PagePosition, type ReadPage, type StoredPage } from './logPages'

/** One request fills a gap with at most this many pages; the rest stays a gap. */
const MAX_PAGES = 6

/** Reads the lines that are missing in a gap and puts them in its place, in the live and in the frozen store. */
export async function fillGap(rows: PaneRows, n: number, read: ReadPage, changed: () => void): Promise<void> {
  const gap = rows.findGap(n)
  if (!gap || gap.filling === 'loading' || gap.from === null) return
  Object.assign(gap, { filling: 'loading', note: null })
  changed()
  try {
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await read(gap.source, missing(gap, gap.from), MAX_PAGE_LINES)
      if (!page.anchored) throw new Error('the line before the gap is no longer in the store')
      const complete = insert(rows, gap, page)
      changed()
      if (complete) return
      if (page.missing) throw new Error('the engine cannot read these lines')
    }
    gap.filling = 'no'
  } catch (problem) {
    Object.assign(gap, { filling: 'failed', note: (problem as Error).message })
  }
  changed()
}

/** Without a known end, the gap ends at the next line of its container. */
function missing({ to }: GapRow, from: string): PagePosition {
  return to === null ? { after: from } : { after: from, before: to }
}

/** True when the gap is filled completely. */
function insert(rows: PaneRows, gap: GapRow, page: StoredPage): boolean {
  const found = page.rows
  const end = gap.to === null ? endOf(found, lineAfter(rows, gap)) : -1
  const lines = end < 0 ? found : found.slice(0, end)
  const complete = end >= 0 || (page.missing === null && (!page.moreAfter || found.length === 0))
  if (!complete && gap.count !== null) gap.count = Math.max(1, gap.count - lines.length)
  gap.from = page.cursor ?? gap.from
  for (const store of rows.stores) store.fill(gap, complete ? lines : [...lines, gap])
  return complete
}

function endOf(rows: readonly LineRow[], next: LineRow | null): number {
  return next ? rows.findIndex((row) => row.wire === next.wire) : -1
}

function lineAfter(rows: PaneRows, gap: GapRow): LineRow | null {
  for (const { all } of rows.stores) {
    const at = all.indexOf(gap.n)
    if (at < 0) continue
    for (const row of all.slice(at + 1)) if (row.source === gap.source && row.kind === 'line') return row
    return null
  }
  return null
}
