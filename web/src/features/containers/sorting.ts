import { compareNames } from '../../ui/names'
import { instant } from '../../ui/time'
import type { ListRow } from '../../state/containers/listRow'
import type { Tone } from '../../state/containers/displayState'

export type SortBy = 'name' | 'state' | 'uptime' | 'cpu' | 'memory'
const SORTS: readonly SortBy[] = ['name', 'state', 'uptime', 'cpu', 'memory']

export interface SortOrder {
  by: SortBy
  descending: boolean
}

export type RowComparator = (a: ListRow, b: ListRow) => number

/** The current load of a row, by key; null when unknown. */
export type LoadOf = (key: string) => { cpu: number | null; memory: number | null } | null

const WORST_FIRST: Record<Tone, number> = { err: 0, warn: 1, paused: 2, ok: 3, neutral: 4 }

/** Rows that compare equal are sorted by name, so that they never change places. */
export function comparator({ by, descending }: SortOrder, loadOf: LoadOf): RowComparator {
  const sign = descending ? -1 : 1
  return (a, b) => sign * compareBy(by, a, b, loadOf) || byName(a, b)
}

/** Keeps rows in their current order, with new ones last: for a table under the pointer. */
export function frozenOrder(order: ReadonlyMap<string, number>, otherwise: RowComparator): RowComparator {
  return (a, b) => {
    const before = (order.get(a.key) ?? Infinity) - (order.get(b.key) ?? Infinity)
    return Number.isNaN(before) || before === 0 ? otherwise(a, b) : before
  }
}

/** Parses the notation of the address: `cpu`, or `-cpu` for descending. */
export function parseOrder(text: string | null): SortOrder {
  const descending = text?.startsWith('-') ?? false
  const by = (descending ? text!.slice(1) : text) as SortBy
  return SORTS.includes(by) ? { by, descending } : { by: 'name', descending: false }
}

export function formatOrder({ by, descending }: SortOrder): string | null {
  if (by === 'name' && !descending) return null
  return descending ? `-${by}` : by
}

/** The order after a click on a column header: first its natural direction, then the other, then by name again. */
export function nextOrder(order: SortOrder, by: SortBy): SortOrder {
  const first = by === 'cpu' || by === 'memory'
  if (order.by !== by) return { by, descending: first }
  if (order.descending === first) return { by, descending: !first }
  return { by: 'name', descending: false }
}

function compareBy(by: SortBy, a: ListRow, b: ListRow, loadOf: LoadOf): number {
  switch (by) {
    case 'state':
      return WORST_FIRST[a.shown.tone] - WORST_FIRST[b.shown.tone] || compareNames(a.shown.word, b.shown.word)
    case 'uptime':
      return startedAt(b) - startedAt(a)
    case 'cpu':
    case 'memory':
      return (loadOf(a.key)?.[by] ?? -1) - (loadOf(b.key)?.[by] ?? -1)
    default:
      return byName(a, b)
  }
}

/** Containers that do not run come last. */
function startedAt(row: ListRow): number {
  return (row.container.running ? instant(row.container.started_at) : null) ?? 0
}

function byName(a: ListRow, b: ListRow): number {
  return compareNames(a.container.name, b.container.name) || compareNames(a.key, b.key)
}
