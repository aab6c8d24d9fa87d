import { messages } from '../../messages'
import type { ActionName, Container } from '../../protocol/types'

/** Why an action cannot be had now, as a sentence; null when it can. */
export function disabledReason(container: Container, action: ActionName, connected: boolean): string | null {
  if (!connected) return messages.notConnected
  if (container.actions) return container.actions[action]
  // A v1 relay does not say; the engine will.
  return container.created && container.status !== 'unknown' ? null : messages.noContainer
}

/** Start and stop share a place: the one that makes sense. */
export function startOrStop(container: Container): 'start' | 'stop' {
  const status = container.status === 'unknown' ? container.last_status : container.status
  return status === 'running' || status === 'restarting' || status === 'paused' ? 'stop' : 'start'
}
