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
    if ((container.controller || '-') !== host) continue
    if (container.id === idOrName || container.name === idOrName || container.full_name === idOrName)
      return container
  }
  return null
}
