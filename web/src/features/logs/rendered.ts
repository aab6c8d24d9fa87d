import { messages } from '../../messages'
import { lineTime } from '../../ui/time'
import { lastOverwrite, segments, type Segment } from './ansi'
import { levelOf, type Level } from './level'
import type { LineRow, LogRow } from './line'

/** What a row looks like: made when it first becomes visible, and kept as long as the row. */
export interface Rendered {
  kind: LogRow['kind']
  time: string
  segments: Segment[]
  /** Said after the text when it was cut; empty otherwise. */
  more: string
  stderr: boolean
  level: Level
}

/** A row shows this much of its line; a megabyte in one row would freeze the page. */
export const SHOWN_CHARACTERS = 4096

const cache = new WeakMap<LogRow, Rendered>()

export function rendered(row: LogRow): Rendered {
  let made = cache.get(row)
  if (!made) cache.set(row, (made = render(row)))
  return made
}

function render(row: LogRow): Rendered {
  if (row.kind === 'line') return renderLine(row)
  const text =
    row.kind === 'gap' ? messages.gap(row.count, row.reason) : messages.logState(row.state, row.message)
  const time = row.time === '' ? '' : lineTime(row.time)
  return { kind: row.kind, time, segments: [{ text, classes: '' }], more: '', stderr: false, level: null }
}

function renderLine(row: LineRow): Rendered {
  const text = lastOverwrite(row.text)
  const cut = text.length - SHOWN_CHARACTERS
  const found = segments(cut > 0 ? text.slice(0, SHOWN_CHARACTERS) : text)
  return {
    kind: 'line',
    time: lineTime(row.time),
    segments: found,
    more: cut > 0 ? messages.moreCharacters(cut) : '',
    stderr: row.stderr,
    level: levelOf(found.map((segment) => segment.text).join('')),
  }
}
