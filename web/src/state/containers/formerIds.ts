import type { ControllerStatus } from '../../protocol/types'

/**
 * The present id of a host by each id that it had before. One configured URL is one host: it may return under another
 * id, as when the controller's container was re-created.
 */
export type FormerIds = ReadonlyMap<string, string>

export function formerIdsOf(controllers: Iterable<ControllerStatus>): FormerIds {
  const all = [...controllers]
  const present = new Set(all.map(({ controller }) => controller))
  return new Map(
    all.flatMap(({ controller, replaces = [] }) =>
      replaces.filter((id) => !present.has(id)).map((id) => [id, controller] as const),
    ),
  )
}

/** The key of a container under its host's present id. */
export function presentKey(ids: FormerIds, key: string): string {
  const slash = key.indexOf('/')
  const id = slash < 0 ? undefined : ids.get(key.slice(0, slash))
  return id === undefined ? key : id + key.slice(slash)
}

/** What is known by key, under the present keys; the same map when no key changes. */
export function underPresentKeys<T>(ids: FormerIds, map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  if (![...map.keys()].some((key) => presentKey(ids, key) !== key)) return map
  return new Map([...map].map(([key, value]) => [presentKey(ids, key), value]))
}

/** The same, on its host's present id; the same object when it is there already. */
export function onPresentHost<T extends { controller: string | null }>(ids: FormerIds, it: T): T {
  const id = it.controller === null ? undefined : ids.get(it.controller)
  return id === undefined ? it : { ...it, controller: id }
}
