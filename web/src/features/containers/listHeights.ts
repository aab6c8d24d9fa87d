import type { Settings } from '../../settings/settings'

/** How high the list's parts are, in px; what is taller than that is measured. */
export interface ListHeights {
  row: number
  /** Of the head of a host or a project. */
  group: number
  /** Of the columns' heads, which stay in sight. */
  columns: number
}

export function listHeights(density: Settings['density'], phone: boolean): ListHeights {
  const compact = density === 'compact'
  return { row: phone ? 52 : compact ? 32 : 40, group: compact && !phone ? 28 : 34, columns: phone ? 0 : 30 }
}
