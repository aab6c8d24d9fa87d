import type { ActionFrame, ActionInProgress, ActionName, Container } from '../../protocol/types'
import type { ContainerList } from './containerList'

/** The last action on a container, as its row shows it. */
export interface Outcome {
  action: ActionName
  /** `lost`: the connection broke before the result was known. */
  state: 'pending' | 'done' | 'failed' | 'lost'
  message: string | null
  /** By the page's clock. */
  at: number
  /** The user who requested it; null when it was this page. */
  by: string | null
  /** Whether the list has shown that it is in progress, or waits. */
  listed: boolean
}

/** The newest outcome per container, by key. Immutable. */
export type Outcomes = ReadonlyMap<string, Outcome>

/** How long a row shows a success. A failure stays until it is dismissed. */
export const DONE_SHOWN_MS = 6000

/** Whether the row shows it until the reader dismisses it. */
export function hasFailed(outcome: Outcome | null): boolean {
  return outcome?.state === 'failed' || outcome?.state === 'lost'
}

export function requested(outcomes: Outcomes, key: string, action: ActionName, now: number): Outcomes {
  return set(outcomes, key, { action, state: 'pending', message: null, at: now, by: null, listed: false })
}

/** The relay refused the request itself. */
export function rejected(
  outcomes: Outcomes,
  key: string,
  action: ActionName,
  reason: string,
  now: number,
): Outcomes {
  return set(outcomes, key, { action, state: 'failed', message: reason, at: now, by: null, listed: false })
}

export function progressed(outcomes: Outcomes, key: string, frame: ActionFrame, now: number): Outcomes {
  const state = frame.state === 'accepted' ? 'pending' : frame.state
  const before = outcomes.get(key)
  const ours = before?.state === 'pending' && before.by === null && before.action === frame.action
  const by = ours ? null : frame.by
  const listed = before?.action === frame.action && before.listed
  return set(outcomes, key, { action: frame.action, state, message: frame.message, at: now, by, listed })
}

export function dismissed(outcomes: Outcomes, key: string): Outcomes {
  if (!outcomes.has(key)) return outcomes
  const next = new Map(outcomes)
  next.delete(key)
  return next
}

/** The connection broke: the results of pending actions will not arrive. */
export function connectionLost(outcomes: Outcomes, now: number): Outcomes {
  if (![...outcomes.values()].some((outcome) => outcome.state === 'pending')) return outcomes
  return new Map(
    [...outcomes].map(([key, outcome]) =>
      outcome.state === 'pending' ? [key, { ...outcome, state: 'lost' as const, at: now }] : [key, outcome],
    ),
  )
}

/**
 * The list decides which pending actions go on: one that it does not show any more has ended without a message, as when its
 * controller has started again. One whose message was lost goes on when the list shows it again.
 */
export function listed(outcomes: Outcomes, containers: ContainerList, now: number): Outcomes {
  let next: Map<string, Outcome> | null = null
  for (const [key, outcome] of outcomes) {
    const after = listedOutcome(outcome, containers.get(key), now)
    if (after !== outcome) next = (next ?? new Map(outcomes)).set(key, after)
  }
  return next ?? outcomes
}

function listedOutcome(outcome: Outcome, container: Container | undefined, now: number): Outcome {
  if (outcome.state !== 'pending' && outcome.state !== 'lost') return outcome
  if (container?.action && isListed(container.action, outcome.action))
    return outcome.state === 'pending' && outcome.listed
      ? outcome
      : { ...outcome, state: 'pending', listed: true }
  const over = container && container.action === null && (outcome.listed || container.status === 'unknown')
  return outcome.state === 'pending' && over ? { ...outcome, state: 'lost', at: now } : outcome
}

/** Whether it is in progress, or waits for what is. */
function isListed(current: ActionInProgress, action: ActionName): boolean {
  return current.action === action || current.waiting.includes(action)
}

/**
 * Removes successes that were shown long enough; returns the same object when there are none. The time of a success
 * starts only after the container's health check has a result.
 */
export function withoutExpired(
  outcomes: Outcomes,
  now: number,
  isStarting: (key: string) => boolean,
): Outcomes {
  let next: Map<string, Outcome> | null = null
  for (const [key, outcome] of outcomes) {
    if (outcome.state !== 'done') continue
    if (outcome.action !== 'stop' && isStarting(key)) {
      next = (next ?? new Map(outcomes)).set(key, { ...outcome, at: now })
    } else if (now - outcome.at >= DONE_SHOWN_MS) {
      next ??= new Map(outcomes)
      next.delete(key)
    }
  }
  return next ?? outcomes
}

function set(outcomes: Outcomes, key: string, outcome: Outcome): Outcomes {
  return new Map(outcomes).set(key, outcome)
}
