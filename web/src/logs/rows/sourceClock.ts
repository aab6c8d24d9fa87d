/** The clock of a container's host, as the relay has measured it. All in ms. */
export interface SourceClock {
  /** The host: the lines of one host have one clock. */
  host: string
  /** By how much it is ahead of the relay's; 0 while that is not known. */
  ahead: number
  /** The offset is at most this much more or less. */
  error: number
  /** Whether the relay has measured it. */
  measured: boolean
}

/** Docker's timestamp: date and time to the second, and up to nine digits after it. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/
const SECOND = 1_000_000_000

/** The last second that was written: lines next to each other are mostly of the same one. */
let written = { second: NaN, text: '' }

/** A nine-digit timestamp that is earlier by so many ms; the same text when it is none, or the shift is 0. */
export function earlier(time: string, ms: number): string {
  if (ms === 0) return time
  const [, whole, fraction = ''] = TIMESTAMP.exec(time) ?? []
  if (whole === undefined) return time
  const nanos = Number(fraction.padEnd(9, '0')) - Math.round((ms % 1000) * 1_000_000)
  const second = Date.parse(`${whole}Z`) / 1000 - Math.trunc(ms / 1000) + Math.floor(nanos / SECOND)
  if (second !== written.second)
    written = { second, text: new Date(second * 1000).toISOString().slice(0, 19) }
  return `${written.text}.${String(nanos - Math.floor(nanos / SECOND) * SECOND).padStart(9, '0')}Z`
}

/** The difference of two timestamps in ms; NaN when one is none. */
export function millisBetween(from: string, to: string): number {
  const a = TIMESTAMP.exec(from)
  const b = TIMESTAMP.exec(to)
  if (!a || !b) return NaN
  const seconds = a[1] === b[1] ? 0 : Date.parse(`${b[1]}Z`) - Date.parse(`${a[1]}Z`)
  const nanos = (text = '') => Number(text.padEnd(9, '0'))
  return seconds + (nanos(b[2]) - nanos(a[2])) / 1_000_000
}
