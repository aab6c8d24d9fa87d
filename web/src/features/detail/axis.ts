/** Distances between marks on a time axis, in ms. */
const STEPS = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600].map(
  (seconds) => seconds * 1000,
)

/** Times to mark, such as full minutes: at most `most`. */
export function timeMarks(from: number, to: number, most: number): number[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? STEPS.at(-1)!
  const marks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) marks.push(at)
  return marks
}

/** The centre of a mark's label: at the mark, but within the axis. */
export function labelAt(x: number, width: number, labelWidth: number): number {
  return Math.max(labelWidth / 2, Math.min(width - labelWidth / 2, x))
}

/** The point nearest to a time; null when none is within `reach` ms. */
export function nearest<T extends { at: number }>(points: readonly T[], at: number, reach: number): T | null {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]!.at < at) low = middle + 1
    else high = middle
  }
  const candidates = [points[low - 1], points[low]].filter((point) => point !== undefined)
  const best = candidates.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
  return best && Math.abs(best.at - at) <= reach ? best : null
}

/** The newest point that has one of the measures and is not before a time; null when there is none. */
export function newestKnown<K extends string, T extends { at: number } & Record<K, number | null>>(
  points: readonly T[],
  measures: readonly K[],
  since: number,
): T | null {
  const point = points.findLast((one) => measures.some((measure) => one[measure] !== null))
  return point && point.at >= since ? point : null
}
