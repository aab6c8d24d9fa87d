import type { Settings } from '../../settings/settings'

/** Heights of the list's items, in px. Failures are measured instead. */
export interface ListHeights {
  row: number
  /** Of the header of a host or a project. */
  group: number
  /** Of the column headers, which stay in sight. */
  columns: number
}

const COMFORTABLE: ListHeights = { row: 40, group: 34, columns: 30 }
/** One line per container; 24 px is the smallest height at which neighbouring controls can be hit. */
const COMPACT: ListHeights = { row: 24, group: 24, columns: 24 }
/** A phone has no column headers. */
const PHONE: ListHeights = { row: 52, group: 34, columns: 0 }

export function listHeights(density: Settings['density'], phone: boolean): ListHeights {
  if (phone) return PHONE
  return density === 'compact' ? COMPACT : COMFORTABLE
}
