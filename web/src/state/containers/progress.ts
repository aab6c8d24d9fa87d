import type { ActionInProgress, Container } from '../../protocol/types'
import { instant } from '../../ui/time'
import type { Outcome } from './outcomes'

/**
 * The action in progress on a container: what the list says, else what this page has just requested. Everything that shows
 * a container takes it from here.
 */
export function progressOn(container: Container, outcome: Outcome | null): ActionInProgress | null {
  if (container.action !== null) return container.action
  if (outcome?.state !== 'pending') return null
  return { action: outcome.action, by: outcome.by, since: null, grace: null, waiting: [] }
}

/**
 * Time until the engine kills the container, in ms; 0 when the grace is over, null when it has none.
 *
 * @param now by the relay's clock
 */
export function graceLeft({ since, grace }: ActionInProgress, now: number): number | null {
  const from = instant(since)
  if (from === null || grace === null) return null
  return Math.min(grace * 1000, Math.max(0, from + grace * 1000 - now))
}

/** Whether the action waits for the container, so that a kill would end it. */
export function isWaiting({ action }: ActionInProgress): boolean {
  return action === 'stop' || action === 'restart'
}
