import type { LogFilter } from '../rows/filter'
import { placedAt, type GapRow, type LogRow } from '../rows/row'
import { MAX_SHOWN_CHARACTERS, MAX_SHOWN_LINES } from '../rows/textLayout'
import { looksLikeJson, pretty } from '../text/json'
import { lastOverwrite, plainText } from '../text/plainText'
import type { RowView } from './paneView'

const NO_RANGES: number[] = []

/** A row as the page draws it. @param before the time of the shown row before it @param unsure see `RowView` */
export function rowView(row: LogRow, before: string, filter: LogFilter, unsure: RowView['unsure']): RowView {
  const time = placedAt(row)
  const base: RowView = {
    text: '',
    n: row.n,
    kind: row.kind,
    source: row.source,
    time,
    own: time === row.time ? '' : row.time,
    before,
    unsure,
    late: row.kind === 'line' && row.late,
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
  if (row.kind === 'gap') return { ...base, gap: gapView(row) }
  if (row.kind === 'state') return { ...base, text: row.message ?? '', state: row.state }
  if (row.kind === 'marker') return { ...base, text: row.text }
  const whole = lastOverwrite(row.text)
  const more = Math.max(0, whole.length - MAX_SHOWN_CHARACTERS)
  const text = more > 0 ? whole.slice(0, MAX_SHOWN_CHARACTERS) : whole
  const json = looksLikeJson(whole)
  const { query } = filter
  return {
    ...base,
    text,
    more,
    stderr: row.stderr,
    level: row.level,
    ranges: query?.matches(plainText(row.text)) ? query.ranges(plainText(text)) : NO_RANGES,
    json,
    pretty: row.open && json ? (pretty(plainText(row.text))?.slice(0, MAX_SHOWN_LINES) ?? null) : null,
  }
}

function gapView({ reason, count, filling, from, note }: GapRow): RowView['gap'] {
  const fill = filling !== 'no' ? filling : from !== null && reason !== 'removed' ? 'can' : 'cannot'
  return { reason, count, fill, note }
}
