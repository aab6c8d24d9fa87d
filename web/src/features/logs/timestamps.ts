import { isRepeatedHour, zoneOffset } from '../../ui/time'

/** How the time column shows the times of log lines. Widths are constant, but in the repeated hour. */
export type TimestampFormat = 'local' | 'utc' | 'relative' | 'off'

const DAY = 86_400_000
/** A longer text is no time. */
const MAX_MOMENT = 100

/** A nine-digit timestamp in ms; NaN when the text is not a time. */
function millis(time: string): number {
  return Date.parse(time.length > 24 && time.endsWith('Z') ? `${time.slice(0, 23)}Z` : time)
}

/** The text of the time column. Lines from another day have their date, those of a repeated hour their offset. */
export function formatTimestamp(time: string, before: string, form: TimestampFormat, now: number): string {
  if (form === 'off' || time === '') return ''
  const at = millis(time)
  if (Number.isNaN(at)) return ''
  if (form === 'relative') return before === '' ? '' : timeDifference(at - millis(before))
  const utc = form === 'utc'
  const clock = utc ? utcClock(at) : localClock(at)
  const zone = utc || !isRepeated(at) ? '' : ` ${zoneOffset(at)}`
  if (day(at, utc) === day(now, utc)) return `${clock}.${three(at)}${zone}`
  return `${date(at, utc)} ${clock}${zone}`
}

/** Whether a line's local time needs its offset, because clocks showed it twice. */
export function needsOffset(time: string, form: TimestampFormat): boolean {
  return form === 'local' && time !== '' && isRepeated(millis(time))
}

/** Lines next to each other are mostly of the same quarter of an hour; clocks are set back at such a border. */
const QUARTER = 900_000
let last = { quarter: NaN, repeated: false }
function isRepeated(at: number): boolean {
  const quarter = Math.floor(at / QUARTER)
  if (quarter !== last.quarter && !Number.isNaN(quarter)) last = { quarter, repeated: isRepeatedHour(at) }
  return last.repeated
}

/** A time for use in a sentence, in the zone of the time column; UTC is named. */
export function timestampWithZone(time: string, form: TimestampFormat, now: number): string {
  return form === 'utc'
    ? `${formatTimestamp(time, '', 'utc', now)} UTC`
    : formatTimestamp(time, '', 'local', now)
}

/** The exact time with all nine digits, in the reader's zone or in UTC. */
export function fullTimestamp(time: string, form: TimestampFormat): string {
  const at = millis(time)
  if (Number.isNaN(at)) return time
  if (form === 'utc') return time
  const fraction = /\.\d+/.exec(time)?.[0] ?? ''
  return `${localYear(at)}-${date(at, false)} ${localClock(at)}${fraction} ${zoneOffset(at)}`
}

/** Exported lines, each of which begins with a timestamp, with the exact time in the form of the time column. */
export function withFullTimestamps(lines: string, form: TimestampFormat): string {
  return lines.replace(/^\d{4}-\d\d-\d\dT\S+(?= |$)/gm, (time) => fullTimestamp(time, form))
}

/** A timestamp as a `datetime-local` field has it; empty for none. */
export function pickerTime(time: string | null, utc: boolean): string {
  const at = time === null ? NaN : millis(time)
  if (Number.isNaN(at)) return ''
  if (utc) return new Date(at).toISOString().slice(0, 19)
  return `${localYear(at)}-${date(at, false)}T${localClock(at)}`
}

/** `+12 ms`, `+3.4 s`, `+2 min`; negative, `−5 ms`, after a clock was set back. */
export function timeDifference(ms: number): string {
  if (Number.isNaN(ms)) return ''
  const sign = ms < 0 ? '−' : '+'
  const size = Math.abs(ms)
  if (size < 1000) return `${sign}${size} ms`
  if (size < 60_000) return `${sign}${(size / 1000).toFixed(1)} s`
  if (size < 3_600_000) return `${sign}${Math.round(size / 60_000)} min`
  return size < DAY ? `${sign}${Math.round(size / 3_600_000)} h` : `${sign}${Math.round(size / DAY)} d`
}

/**
 * Parses a time as people write it: `14:05`, `14:05:30`, `-15m`, `-2h`, or RFC 3339. Returns a nine-digit timestamp in
 * UTC; null when the text is not a time. A clock time in the future means yesterday.
 *
 * @param after a timestamp: a clock time is the first one after it, instead of the last one before now
 */
export function parseMoment(
  text: string,
  now: number,
  utc: boolean,
  after: string | null = null,
): string | null {
  const wanted = text.trim()
  if (wanted.length > MAX_MOMENT) return null
  const ago = /^-?\s*(\d+)\s*(s|m|min|h|d)$/.exec(wanted)
  if (ago) {
    const unit = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: DAY }[ago[2]!]!
    return toTimestamp(now - Number(ago[1]) * unit)
  }
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(wanted)
  if (clock)
    return clockMoment(
      clock.slice(1).map((part) => Number(part ?? 0)),
      after ? millis(after) : now,
      utc,
      after ? 'after' : 'before',
    )
  if (!/^\d{4}-\d\d/.test(wanted)) return null
  if (/^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z$/.test(wanted)) return wanted
  const [, clockTime = '', zone = utc ? 'Z' : ''] = /^(.*?)\s*(Z|[+-]\d\d:?\d\d)?$/.exec(wanted) ?? []
  const full = /^[\d-]{10}$/.test(clockTime) ? `${clockTime}T00:00` : clockTime.replace(' ', 'T')
  const at = Date.parse(full + zone)
  return Number.isNaN(at) ? null : toTimestamp(at)
}

function clockMoment(
  [hours = 0, minutes = 0, seconds = 0]: number[],
  than: number,
  utc: boolean,
  side: 'before' | 'after',
): string | null {
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  const date = new Date(than)
  if (utc) date.setUTCHours(hours, minutes, seconds, 0)
  else date.setHours(hours, minutes, seconds, 0)
  const at = date.getTime()
  if (side === 'after') return toTimestamp(at > than ? at : at + DAY)
  return toTimestamp(at > than ? at - DAY : at)
}

/** A time as Docker writes it. */
function toTimestamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}000000Z`
}

function localYear(at: number): string {
  return String(new Date(at).getFullYear()).padStart(4, '0')
}

function localClock(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

function utcClock(at: number): string {
  return new Date(at).toISOString().slice(11, 19)
}

function day(at: number, utc: boolean): string {
  return utc ? new Date(at).toISOString().slice(0, 10) : new Date(at).toDateString()
}

function date(at: number, utc: boolean): string {
  if (utc) return new Date(at).toISOString().slice(5, 10)
  const local = new Date(at)
  return `${two(local.getMonth() + 1)}-${two(local.getDate())}`
}

function three(at: number): string {
  return String(((at % 1000) + 1000) % 1000).padStart(3, '0')
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
