import type { SearchFailure } from '../search/searchLogs'
import type { Target } from '../target'

/** What a search over several hosts has read of one of them. */
export interface SearchedHost {
  host: string
  /** How many logs of the host were to be searched. */
  logs: number
  /** What could not be searched to its end; `container` is null for all of them. */
  failed: { container: string | null; reason: string }[]
}

/** Per host what was searched and what could not; null for logs of one host. Pure. */
export function searchedHosts(
  targets: Iterable<Target>,
  failures: readonly SearchFailure[],
): SearchedHost[] | null {
  const hosts = new Map<string, SearchedHost>()
  for (const { controller } of targets) {
    const host = hosts.get(controller) ?? { host: controller, logs: 0, failed: [] }
    host.logs++
    hosts.set(controller, host)
  }
  if (hosts.size < 2) return null
  for (const { controller, container, reason } of failures)
    hosts.get(controller)?.failed.push({ container, reason })
  return [...hosts.values()]
}
