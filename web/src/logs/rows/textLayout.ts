import { pretty } from '../text/json'
import { plainText } from '../text/plainText'
import type { LineRow } from './row'

/** How the page lays out the text of a line. */
export interface TextLayout {
  wrap: boolean
  /** Columns per line when lines wrap. */
  columns: number
}

/** A row shows at most this much of its line; a megabyte in one row would freeze the page. */
export const MAX_SHOWN_CHARACTERS = 4096
/** At most this many lines of an unfolded JSON line are shown. */
export const MAX_SHOWN_LINES = 400

const TAB = 4

/** Height of a row, in lines. Computed; the page measures and reports text that is not plain ASCII. */
export function rowHeight(line: LineRow, layout: TextLayout): number {
  if (line.measuredFor === layoutKey(layout)) return line.lines
  if (line.open) {
    const lines = pretty(plainText(line.text))
    if (lines) return lines.slice(0, MAX_SHOWN_LINES).reduce((sum, text) => sum + wrapped(text, layout), 0)
  }
  return wrapped(plainText(line.text).slice(0, MAX_SHOWN_CHARACTERS), layout)
}

/** Identifies a layout, to compare it with another one; never 0. */
export function layoutKey(layout: TextLayout): number {
  return layout.wrap ? layout.columns : -1
}

function wrapped(text: string, { wrap, columns }: TextLayout): number {
  if (!wrap || columns < 1) return 1
  return Math.max(1, Math.ceil(cells(text) / columns))
}

function cells(text: string): number {
  if (!text.includes('\t')) return text.length
  let count = 0
  for (const c of text) count += c === '\t' ? TAB - (count % TAB) : 1
  return count
}
