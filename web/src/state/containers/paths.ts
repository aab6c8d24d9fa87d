import type { Container } from '../../protocol/types'
import type { Fleet } from './fleet'

/** Where a container's own page is: by its id, or by its name where there is no container yet. */
export function detailsPath(container: Pick<Container, 'controller' | 'id' | 'name'>): string {
  const host = encodeURIComponent(container.controller || '-')
  return `/c/${host}/${encodeURIComponent(container.id ?? container.name)}`
}

/** The container that such a page means; null when there is none such now. */
export function containerAt(fleet: Fleet, host: string | null, word: string | null): Container | null {
  for (const container of fleet.containers.values()) {
    if ((container.controller || '-') !== host) continue
    if (container.id === word || container.name === word || container.full_name === word) return container
  }
  return null
}
