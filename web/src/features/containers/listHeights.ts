import type { Settings } from '../../settings/settings'

/** Heights of the list's items, in px. Failures are measured instead. */
export interface ListHeights {
  row: number
  /** Of the header of a host or a project. */
  group: number
  /** Of the column headers, which stay in sight. */
  columns: number
}

export function listHeights(density: Settings['density'], phone: boolean): ListHeights {
  const compact = density === 'compact'
  return { row: phone ? 52 : compact ? 32 : 40, group: compact && !phone ? 28 : 34, columns: phone ? 0 : 30 }
}
