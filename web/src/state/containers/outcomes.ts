import type { ActionFrame, ActionName } from '../../protocol/types'

/** How far an action has come, as the row shows it. */
export interface Outcome {
  action: ActionName
  /** `lost`: the connection broke before the end was known. */
  state: 'pending' | 'done' | 'failed' | 'lost'
  message: string | null
  /** By the page's clock. */
  at: number
  /** Who asked, when it was somebody else. */
  by: string | null
}

/** By container key; the newest action only. Immutable. */
export type Outcomes = ReadonlyMap<string, Outcome>

/** How long a success stays in the row; a failure stays until it is dismissed. */
export const DONE_SHOWN_MS = 6000

/** Whether it has to be said until a person dismisses it. */
export function hasFailed(outcome: Outcome | null): boolean {
  return outcome?.state === 'failed' || outcome?.state === 'lost'
}

export function requested(outcomes: Outcomes, key: string, action: ActionName, now: number): Outcomes {
  return set(outcomes, key, { action, state: 'pending', message: null, at: now, by: null })
}

/** The relay refused the request itself. */
export function rejected(
  outcomes: Outcomes,
  key: string,
  action: ActionName,
  reason: string,
  now: number,
): Outcomes {
  return set(outcomes, key, { action, state: 'failed', message: reason, at: now, by: null })
}

export function progressed(outcomes: Outcomes, key: string, frame: ActionFrame, now: number): Outcomes {
  const state = frame.state === 'accepted' ? 'pending' : frame.state
  const before = outcomes.get(key)
  const ours = before?.state === 'pending' && before.by === null && before.action === frame.action
  const by = ours ? null : frame.by
  return set(outcomes, key, { action: frame.action, state, message: frame.message, at: now, by })
}

export function dismissed(outcomes: Outcomes, key: string): Outcomes {
  if (!outcomes.has(key)) return outcomes
  const next = new Map(outcomes)
  next.delete(key)
  return next
}

/** The connection broke: nobody will tell us how these ended. */
export function connectionLost(outcomes: Outcomes, now: number): Outcomes {
  if (![...outcomes.values()].some((outcome) => outcome.state === 'pending')) return outcomes
  return new Map(
    [...outcomes].map(([key, outcome]) =>
      outcome.state === 'pending' ? [key, { ...outcome, state: 'lost' as const, at: now }] : [key, outcome],
    ),
  )
}

/**
 * Without the successes that have been seen long enough; the same object when there are none. A success is not over
 * while the container's health check has yet to say whether it really works: its time begins when it has.
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
