import type { Container, Removed } from '../../protocol/types'

/** The containers by key. Immutable: `applyChange` makes the next list. */
export type ContainerList = ReadonlyMap<string, Container>

/** What a `containers_changed` message changes. */
export interface ListChange {
  /** New and changed containers. */
  containers: readonly Container[]
  removed: readonly Removed[]
}

/** Identifies a container on the page and in requests: names are unique per controller. */
export function keyOf(container: { controller: string; name: string }): string {
  return container.controller === '' ? container.name : `${container.controller}/${container.name}`
}

export function listOf(containers: readonly Container[]): ContainerList {
  return new Map(containers.map((container) => [keyOf(container), container]))
}

/** The list after a change. Removals come first. */
export function applyChange(list: ContainerList, change: ListChange): ContainerList {
  const next = new Map(list)
  for (const removed of change.removed) remove(next, removed)
  for (const container of change.containers) put(next, container)
  return next
}

/** A container that was re-created may already be in the list under the same name; it stays. */
function remove(list: Map<string, Container>, removed: Removed): void {
  const known = list.get(keyOf(removed))
  if (known && (removed.id === null || known.id === null || known.id === removed.id))
    list.delete(keyOf(removed))
}

/** A renamed container replaces its entry under the old name. */
function put(list: Map<string, Container>, container: Container): void {
  for (const [key, other] of list) {
    const same =
      container.id !== null && other.id === container.id && other.controller === container.controller
    if (same && other.name !== container.name) list.delete(key)
  }
  list.set(keyOf(container), container)
}
