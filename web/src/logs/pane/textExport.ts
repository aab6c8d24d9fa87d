import type { ChunkedList } from '../rows/chunkedList'
import type { LineRow, LogRow } from '../rows/row'
import { addressOf, type Target } from '../target'
import { plainText } from '../text/plainText'
import type { TextFormat } from './commands'

/** Which rows to export: from one row number to another, in either direction; null: all shown rows. */
export interface ExportRange {
  from: number | null
  to: number | null
}

/** Shown lines as text for the clipboard or a file. @param targets the pane's containers by source */
export function exportText(
  shown: ChunkedList<LogRow>,
  targets: ReadonlyMap<number, Target>,
  range: ExportRange,
  format: TextFormat,
): { text: string; rows: number } {
  const rows = chosen(shown, range).filter((row): row is LineRow => row.kind === 'line')
  const several = targets.size > 1
  const nameOf = ({ source }: LineRow) => {
    const target = targets.get(source)
    return target ? addressOf(target) : ''
  }
  const lines = rows.map((row) => formatted(row, nameOf(row), several, format))
  return { text: lines.map((line) => `${line}\n`).join(''), rows: rows.length }
}

function chosen(shown: ChunkedList<LogRow>, { from, to }: ExportRange): LogRow[] {
  if (from === null) return shown.slice(0)
  const one = shown.indexOf(from)
  const other = to === null ? one : shown.indexOf(to)
  if (one < 0 || other < 0) return []
  return shown.slice(Math.min(one, other), Math.max(one, other) + 1)
}

function formatted(row: LineRow, name: string, several: boolean, format: TextFormat): string {
  if (format === 'text') return plainText(row.text)
  if (format === 'full') return [row.time, several ? name : '', plainText(row.text)].filter(Boolean).join(' ')
  const stream = row.stderr ? 'stderr' : 'stdout'
  return JSON.stringify({ timestamp: row.time, container: name, stream, text: row.text })
}
