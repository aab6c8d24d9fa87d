/** Which rows of a log to put on the page: all rows have one height, so this is arithmetic. */
export const ROW_HEIGHT = 20
/** Rows above and below what is seen, so that scrolling does not outrun them. */
const OVERSCAN = 20

export interface Window {
  /** Of the first row on the page, from 0. */
  from: number
  count: number
}

export function windowAt(scrollTop: number, height: number, total: number): Window {
  const seen = Math.ceil(height / ROW_HEIGHT) + 1
  const top = Math.floor(scrollTop / ROW_HEIGHT) - OVERSCAN
  const count = Math.min(total, seen + 2 * OVERSCAN)
  return { from: clamp(top, 0, total - count), count }
}

/** A scroll has happened: does the reader want to follow from now on? Null: nothing changes. */
export function wantsToFollow(before: number, now: number, bottom: number): boolean | null {
  if (now < before - 1 && now < bottom - 1) return false
  return now > before && now >= bottom - ROW_HEIGHT / 2 ? true : null
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value))
}
