// Times as people read them: local, of fixed width, with their unit.

const MINUTE = 60_000
const HALF_A_DAY = 720 * MINUTE

/** With the zone's offset in the hour that is repeated when the clocks go back. */
export function clockTime(at: Date | number): string {
  const date = new Date(at)
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return isRepeatedHour(date.getTime()) ? `${clock} ${zoneOffset(date.getTime())}` : clock
}

/** The local zone's offset at a time, `+01:00`. */
export function zoneOffset(at: number): string {
  const zone = -new Date(at).getTimezoneOffset()
  const size = Math.abs(zone)
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Whether local clocks show this time twice, because they are set back. */
export function isRepeatedHour(at: number): boolean {
  const offset = new Date(at).getTimezoneOffset()
  return [at - HALF_A_DAY, at + HALF_A_DAY].some((near) => {
    const other = new Date(near).getTimezoneOffset()
    // Where the clocks showed the same time with the other offset.
    const again = at + (other - offset) * MINUTE
    return other !== offset && new Date(again).getTimezoneOffset() === other
  })
}

/** The clock time, with the date before it unless it is today. Both in ms. */
export function formatMoment(at: number, now: number): string {
  const date = new Date(at)
  if (date.toDateString() === new Date(now).toDateString()) return clockTime(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`
}

/** "8 s", "2 min 10 s", "3 h 5 min", "2 d 4 h". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** Milliseconds since the epoch; null when the text is not a time. */
export function instant(timestamp: string | null): number | null {
  const at = timestamp === null ? NaN : Date.parse(timestamp)
  return Number.isNaN(at) ? null : at
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
