import type { LoadPoint, LoadSeries, PastMinute } from './series'

const MINUTE = 60_000
const MINUTES = 60
/** With less past than this, an hour would be an empty line with a dot. */
const LITTLE = 5
/** What is shown then. */
const SHORT_MS = 120_000

/** What a line in the list shows. */
export interface SparkWindow {
  /** Whether it is an hour of minutes; else it is two minutes of samples. */
  hour: boolean
  from: number
  to: number
  points: { at: number; value: number | null }[]
}

/**
 * The last hour of a series in minutes: the controller's past, continued by samples. While there is little past, as of a
 * new container or without a history, the last two minutes of samples.
 */
export function sparkWindow(series: LoadSeries, measure: 'cpu' | 'memory', to: number): SparkWindow {
  const known = series.past.filter((minute) => minute[measure] !== null)
  if (known.length < LITTLE) {
    const from = to - SHORT_MS
    const points = series.points.filter((point) => point.at >= from)
    return { hour: false, from, to, points: points.map((point) => ({ at: point.at, value: point[measure] })) }
  }
  const from = (Math.floor(to / MINUTE) - MINUTES + 1) * MINUTE
  const values = minuteMeans(series.points, measure, from)
  takePast(values, series.past, measure, from)
  const points = values.map((value, i) => ({ at: from + i * MINUTE, value }))
  // The last minute reaches to the right edge.
  return { hour: true, from, to, points: [...points, { at: to, value: values.at(-1) ?? null }] }
}

function minuteMeans(
  points: readonly LoadPoint[],
  measure: 'cpu' | 'memory',
  from: number,
): (number | null)[] {
  const sums = new Array<number>(MINUTES).fill(0)
  const counts = new Array<number>(MINUTES).fill(0)
  for (const point of points) {
    const i = Math.floor((point.at - from) / MINUTE)
    const value = point[measure]
    if (value === null || i < 0 || i >= MINUTES) continue
    sums[i]! += value
    counts[i]!++
  }
  return sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : null))
}

/** The past has every sample of its minutes, but its last minute was not over. */
function takePast(
  values: (number | null)[],
  past: readonly PastMinute[],
  measure: 'cpu' | 'memory',
  from: number,
): void {
  for (const [n, minute] of past.entries()) {
    const i = Math.floor((minute.at - from) / MINUTE)
    const value = minute[measure]
    if (value === null || i < 0 || i >= MINUTES) continue
    if (n < past.length - 1 || values[i] === null) values[i] = value
  }
}
