import { keyOf } from '../containers/containerList'
import type { Change } from '../../protocol/types'

/** Changes per container, as many as the relay keeps. */
const MAX_PER_CONTAINER = 200
/** Changes of all containers, so that a page that is open for weeks stays small. */
const MAX_TOTAL = 5000

/** Changes per container, newest first, by key. Immutable: `withChanges` makes the next one. */
export type ChangeHistory = ReadonlyMap<string, readonly Change[]>

export const NO_HISTORY: ChangeHistory = new Map()

/** Adds changes, live or from the relay's history; each change is kept once. */
export function withChanges(history: ChangeHistory, changes: readonly Change[]): ChangeHistory {
  if (changes.length === 0) return history
  const next = new Map(history)
  for (const [key, fresh] of byKey(changes)) {
    const before = next.get(key) ?? []
    const known = new Set(before.map(identity))
    const added = fresh.filter((change) => !known.has(identity(change)))
    if (added.length === 0) continue
    const all = [...added, ...before].sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
    // Removed first, so that the map is ordered by last change.
    next.delete(key)
    next.set(key, all.slice(0, MAX_PER_CONTAINER))
  }
  return bounded(next)
}

function bounded(history: Map<string, readonly Change[]>): ChangeHistory {
  let count = 0
  for (const changes of history.values()) count += changes.length
  for (const [key, changes] of history) {
    if (count <= MAX_TOTAL) break
    history.delete(key)
    count -= changes.length
  }
  return history
}

function byKey(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const key = keyOf(change)
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return groups
}

function identity(change: Change): string {
  return [change.id, change.at, change.reason, change.currentStatus, change.currentHealth].join(' ')
}
