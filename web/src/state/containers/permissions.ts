import { messages } from '../../messages'
import type { ActionName, Container } from '../../protocol/types'
import type { Fleet } from './fleet'

/** What a controller may refuse to every client, by its setting. That of actions is in each container. */
export type Permission = 'stats' | 'inspect' | 'logs'

/** Why the controller of a container gives this to no client, as a message; null when it does. */
export function refusedByController(fleet: Fleet, controller: string, permission: Permission): string | null {
  const allow = fleet.controllers.get(controller)?.allow
  return allow && !allow.includes(permission) ? messages.refusedByController[permission] : null
}

/** Why an action is not possible now, as a message; null when it is. */
export function disabledReason(container: Container, action: ActionName, connected: boolean): string | null {
  if (!connected) return messages.notConnected
  if (container.actions) return container.actions[action === 'kill' ? 'stop' : action]
  // A v1 relay does not say whether the action is possible; the engine decides.
  return container.created && container.status !== 'unknown' ? null : messages.noContainer
}

/** Start and stop share one button: the action that makes sense now. */
export function startOrStop(container: Container): 'start' | 'stop' {
  const status = container.status === 'unknown' ? container.last_status : container.status
  return status === 'running' || status === 'restarting' || status === 'paused' ? 'stop' : 'start'
}
