import { messages } from '../../messages'
import type { Container } from '../../protocol/types'
import type { Fleet } from './fleet'
import { refusedByController, type Permission } from './permissions'

/** Why the reader cannot have this of a container; null when they can. Actions have reasons of their own. */
export function refusal(fleet: Fleet, container: Container, permission: Permission): string | null {
  return (
    refusedByController(fleet, container.controller, permission) ?? refusedByRights(container, permission)
  )
}

/** Why the reader's rights do not include this of a container; null when they do. */
export function refusedByRights(container: Container, permission: Permission): string | null {
  return container.rights === undefined || container.rights.includes(permission)
    ? null
    : messages.refusedByRights[permission]
}

/** Whether the reader sees each container that there is. */
export function seesAll(fleet: Fleet): boolean {
  return fleet.rights === undefined || fleet.rights.includes('view')
}

/** Whether the reader may read the log of some container. */
export function mayReadLogs({ rights, containers }: Fleet): boolean {
  return (
    rights === undefined ||
    rights.includes('logs') ||
    [...containers.values()].some((container) => refusedByRights(container, 'logs') === null)
  )
}

/** Whether the reader may read the record. */
export function isAuditor(fleet: Fleet): boolean {
  return fleet.rights === undefined || fleet.rights.includes('audit')
}

/** Whether the reader may change what the relay itself lists. */
export function isAdmin(fleet: Fleet): boolean {
  return fleet.rights === undefined || fleet.rights.includes('admin')
}
