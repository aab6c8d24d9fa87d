// Arithmetic of a log's scroll position. All lines have the same height.

/** The height of a line for a font size, in whole px so that rows are sharp. */
export function lineHeight(fontSize: number): number {
  return Math.round((fontSize * 20) / 12)
}

/** Whether the reader wants to follow after a scroll; null: as before. @param bottom the largest scroll position */
export function followAfterScroll(before: number, now: number, bottom: number): boolean | null {
  if (now < before - 1 && now < bottom - 1) return false
  return now > before && now >= bottom - 10 ? true : null
}

interface Placed {
  n: number
  lines: number
}

/** The row at a line of the log, and the line where it begins; null when none of these is there. */
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

/** The line where a row begins; null when it is not one of these. */
export function lineOfRow(rows: readonly Placed[], fromLine: number, n: number): number | null {
  let at = fromLine
  for (const row of rows) {
    if (row.n === n) return at
    at += row.lines
  }
  return null
}

/** The newest row at a time; null when all rows are later. @param rows oldest first, with nine-digit timestamps */
export function rowAtMoment(rows: readonly { n: number; time: string }[], moment: string): number | null {
  return rows.findLast(({ time }) => time !== '' && time <= moment)?.n ?? null
}
