/** A value at one time; null when unknown. */
export interface SparkPoint {
  at: number
  value: number | null
}

export interface SparkFrame {
  width: number
  height: number
  from: number
  to: number
  /** The value at the upper edge; the lower edge is zero. */
  top: number
  /** The height is the square root of the share of `top`: small values stay visible, and their changes too. */
  root?: boolean
}

/** SVG paths of the line and of the area below it, interrupted where values are unknown. */
export function sparkPaths(samples: SparkPoint[], frame: SparkFrame): { line: string; area: string } {
  let line = ''
  let area = ''
  for (const run of runs(samples, frame.from)) {
    const points = run.map(({ at, value }) => `${x(at, frame)} ${y(value, frame)}`)
    const first = x(run[0]!.at, frame)
    const last = x(run.at(-1)!.at, frame)
    line += points.length === 1 ? `M${points[0]}h.01` : `M${points.join('L')}`
    area += `M${first} ${frame.height}L${points.join('L')}L${last} ${frame.height}Z`
  }
  return { line, area }
}

interface Known {
  at: number
  value: number
}

function runs(samples: SparkPoint[], from: number): Known[][] {
  const all: Known[][] = []
  let run: Known[] = []
  for (const { at, value } of samples) {
    if (at < from) continue
    if (value !== null) run.push({ at, value })
    else if (run.length > 0) {
      all.push(run)
      run = []
    }
  }
  if (run.length > 0) all.push(run)
  return all
}

function x(at: number, { width, from, to }: SparkFrame): string {
  return round(((at - from) / (to - from)) * width)
}

function y(value: number, { height, top, root }: SparkFrame): string {
  return round(height * (1 - heightOf(value / top, root ?? false)))
}

/** The height of a share of the top, from 0 to 1. */
export function heightOf(share: number, root: boolean): number {
  const within = Math.min(Math.max(share, 0), 1)
  return root ? Math.sqrt(within) : within
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** The next round number at or above: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value * 0.9999)!
}

/** The same for bytes: a power of two, or one and a half times it. */
export function roundUpBytes(value: number): number {
  if (value <= 1024) return 1024
  const power = 2 ** Math.floor(Math.log2(value))
  return [1, 1.5, 2].map((factor) => factor * power).find((round) => round >= value)!
}
