/** One row of a log on the page. Rows are plain values, so that a worker may make them later. */
export type LogRow = LineRow | GapRow | StateRow

export interface LineRow {
  kind: 'line'
  /** Docker's nine-digit timestamp as it came; empty when the line had none. */
  time: string
  /** The text as it came, escapes and all. */
  text: string
  stderr: boolean
}

export interface GapRow {
  kind: 'gap'
  reason: string
  count: number | null
  time: string
}

export interface StateRow {
  kind: 'state'
  state: string
  message: string | null
  time: string
}

const STAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/

/** Splits what the wire calls a log line: timestamp, one space, text. */
export function lineRow(wire: unknown, stream: string): LineRow {
  const line = typeof wire === 'string' ? wire : ''
  const space = line.indexOf(' ')
  const time = space < 0 ? line : line.slice(0, space)
  const stderr = stream === 'e'
  if (time.length > 40 || !STAMP.test(time)) return { kind: 'line', time: '', text: line, stderr }
  return { kind: 'line', time, text: space < 0 ? '' : line.slice(space + 1), stderr }
}

export function lineRows(logs: readonly unknown[], streams: string): LineRow[] {
  return logs.map((line, i) => lineRow(line, streams.charAt(i)))
}
