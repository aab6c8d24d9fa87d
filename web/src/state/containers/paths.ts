import type { Container } from '../../protocol/types'
import type { Fleet } from './fleet'

/** The path of a container's page: by its id, or by its name while it is not created. */
export function detailsPath(container: Pick<Container, 'controller' | 'id' | 'name'>): string {
  const host = encodeURIComponent(container.controller || '-')
  return `/c/${host}/${encodeURIComponent(container.id ?? container.name)}`
}

/** The container of such a path; null when it does not exist now. */
export function containerAt(fleet: Fleet, host: string | null, idOrName: string | null): Container | null {
  for (const container of fleet.containers.values()) {
    if (isAt(container, host, idOrName)) return container
  }
  return null
}

/** Whether such a path leads to the container. */
export function isAt(container: Container, host: string | null, idOrName: string | null): boolean {
  const named = [container.id, container.name, container.full_name].includes(idOrName)
  return named && (container.controller || '-') === host
}
