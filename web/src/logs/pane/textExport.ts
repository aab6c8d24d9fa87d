import { plainText } from '../text/plainText'
import { addressOf } from '../target'
import type { TextForm } from '../../worker/messages'
import type { Pane } from './paneModel'
import type { Line, Row } from '../rows/row'

/** Rows as text for the clipboard or a file: from one row to another, or all that are shown. */
export function textOf(pane: Pane, from: number | null, to: number | null, form: TextForm) {
  const rows = chosen(pane, from, to).filter((row): row is Line => row.kind === 'line')
  const names = new Map([...pane.tails.values()].map((tail) => [tail.source, addressOf(tail.target)]))
  const several = names.size > 1
  const lines = rows.map((row) => written(row, names.get(row.source) ?? '', several, form))
  return { text: lines.map((line) => `${line}\n`).join(''), rows: rows.length }
}

function chosen(pane: Pane, from: number | null, to: number | null): Row[] {
  const { shown } = pane.picture
  if (from === null) return shown.slice(0)
  const one = shown.indexOf(from)
  const other = to === null ? one : shown.indexOf(to)
  if (one < 0 || other < 0) return []
  return shown.slice(Math.min(one, other), Math.max(one, other) + 1)
}

function written(row: Line, name: string, several: boolean, form: TextForm): string {
  if (form === 'text') return plainText(row.text)
  if (form === 'full') return [row.time, several ? name : '', plainText(row.text)].filter(Boolean).join(' ')
  const stream = row.stderr ? 'stderr' : 'stdout'
  return JSON.stringify({ timestamp: row.time, container: name, stream, text: row.text })
}
