/** Arithmetic of a log's window on the page; rows are counted in lines of one height. */

/** How high a line is for a size of letters; a whole number, so that no row is blurred. */
export function lineHeight(fontSize: number): number {
  return Math.round((fontSize * 20) / 12)
}

/** A scroll has happened: does the reader want to follow from now on? Null: nothing changes. */
export function followAfterScroll(before: number, now: number, bottom: number): boolean | null {
  if (now < before - 1 && now < bottom - 1) return false
  return now > before && now >= bottom - 10 ? true : null
}

interface Placed {
  n: number
  lines: number
}

/** The row that stands at a line of the page, and where it begins; null when it is not among these. */
export function rowAt(
  rows: readonly Placed[],
  fromLine: number,
  line: number,
): { n: number; line: number } | null {
  let at = fromLine
  for (const row of rows) {
    if (line < at + row.lines) return line < fromLine ? null : { n: row.n, line: at }
    at += row.lines
  }
  return null
}

/** Where a row begins; null when it is not among these. */
export function lineOfRow(rows: readonly Placed[], fromLine: number, n: number): number | null {
  let at = fromLine
  for (const row of rows) {
    if (row.n === n) return at
    at += row.lines
  }
  return null
}

/** The row that was the newest at a moment; null when all of these came later. Nine-digit timestamps, oldest first. */
export function rowAtMoment(rows: readonly { n: number; time: string }[], moment: string): number | null {
  return rows.findLast(({ time }) => time !== '' && time <= moment)?.n ?? null
}
