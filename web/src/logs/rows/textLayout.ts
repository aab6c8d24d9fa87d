import { pretty } from '../text/json'
import { plainText } from '../text/plainText'
import type { Line } from './row'

/** How the page sets a line: in how many columns when it wraps. */
export interface Geometry {
  wrap: boolean
  columns: number
}

/** A row shows this much of its line; a megabyte in one row would freeze the page. */
export const SHOWN_CHARACTERS = 4096
/** And so many lines of an unfolded one. */
export const SHOWN_LINES = 400

const TAB = 4

/** How many lines of the page a line fills, computed; the page measures what is not plain ASCII and says so. */
export function heightOf(line: Line, geometry: Geometry): number {
  if (line.measuredFor === columnsOf(geometry)) return line.lines
  if (line.open) {
    const lines = pretty(plainText(line.text))
    if (lines) return lines.slice(0, SHOWN_LINES).reduce((sum, text) => sum + wrapped(text, geometry), 0)
  }
  return wrapped(plainText(line.text).slice(0, SHOWN_CHARACTERS), geometry)
}

/** Tells one way of setting from another; never 0. */
export function columnsOf(geometry: Geometry): number {
  return geometry.wrap ? geometry.columns : -1
}

function wrapped(text: string, { wrap, columns }: Geometry): number {
  if (!wrap || columns < 1) return 1
  return Math.max(1, Math.ceil(cells(text) / columns))
}

function cells(text: string): number {
  if (!text.includes('\t')) return text.length
  let count = 0
  for (const c of text) count += c === '\t' ? TAB - (count % TAB) : 1
  return count
}
