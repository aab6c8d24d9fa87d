import { messages } from '../../messages'
import type { ActionName, Container } from '../../protocol/types'

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
