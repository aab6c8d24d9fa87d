import { segments, type Segment } from './ansi'
import type { RowView } from '../../logs/pane/paneView'
import { tokens } from '../../logs/text/json'
import { logMessages } from './logMessages'

/** A row as it is rendered. Made when it first becomes visible, and kept until the row changes. */
export interface RenderedRow {
  row: RowView
  segments: Segment[]
  /** The unfolded JSON, line by line; null when folded. */
  unfolded: Segment[][] | null
  /** Shown after a text that was cut; empty otherwise. */
  more: string
}

export function renderRow(row: RowView): RenderedRow {
  if (row.kind !== 'line') return { row, segments: plain(words(row)), unfolded: null, more: '' }
  const found = segments(row.text)
  const coloured = row.json && found.length === 1 ? json(found[0]!.text) : found
  return {
    row,
    segments: row.ranges.length === 0 ? coloured : highlightRanges(coloured, row.ranges),
    unfolded: row.pretty?.map((line) => json(line)) ?? null,
    more: row.more > 0 ? logMessages.moreCharacters(row.more) : '',
  }
}

/** Whether two views of a row are equal. A new worker numbers its rows again, so the number alone is not enough. */
export function isSameRow(a: RowView, b: RowView): boolean {
  return (
    a.n === b.n &&
    a.kind === b.kind &&
    a.source === b.source &&
    a.time === b.time &&
    a.own === b.own &&
    a.late === b.late &&
    a.unsure?.host === b.unsure?.host &&
    a.unsure?.error === b.unsure?.error &&
    a.text === b.text &&
    a.before === b.before &&
    a.lines === b.lines &&
    (a.pretty === null) === (b.pretty === null) &&
    a.ranges.length === b.ranges.length &&
    a.ranges.every((at, i) => at === b.ranges[i]) &&
    a.gap?.fill === b.gap?.fill &&
    a.gap?.count === b.gap?.count &&
    a.gap?.reason === b.gap?.reason
  )
}

function words(row: RowView): string {
  if (row.gap) return logMessages.gap(row.gap.count, row.gap.reason)
  if (row.state !== null) return logMessages.state(row.state, row.text)
  return logMessages.marker(row.text)
}

function plain(text: string): Segment[] {
  return [{ text, classes: '', style: null }]
}

function json(text: string): Segment[] {
  return tokens(text).map((token) => ({ text: token.text, classes: `json-${token.kind}`, style: null }))
}

/** Splits segments at the ends of hits and marks the hits. The ranges are offsets in the text of all segments. */
export function highlightRanges(found: Segment[], ranges: number[]): Segment[] {
  const cut: Segment[] = []
  let start = 0
  let next = 0
  for (const segment of found) {
    let from = 0
    const end = start + segment.text.length
    while (from < segment.text.length) {
      while (next < ranges.length && ranges[next]! <= start + from) next++
      const inside = next % 2 === 1
      const to = Math.min(end, ranges[next] ?? end) - start
      const text = segment.text.slice(from, to)
      cut.push({ ...segment, text, classes: inside ? `${segment.classes} hit`.trim() : segment.classes })
      from = to
    }
    start = end
  }
  return cut
}
