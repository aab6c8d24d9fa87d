import type { Change } from '../../protocol/types'

/** A change in one or two words: "died (137)", "became healthy". */
export function describeChange(change: Change): string {
  const code = change.exitCode === null ? '' : ` (${change.exitCode})`
  switch (change.reason) {
    case 'died':
    case 'stopped':
      return `${change.reason}${code}`
    case 'oom':
      return `ran out of memory${code}`
    case 'recreated':
      return 're-created'
    case 'health':
      return change.currentHealth === null ? 'health check ended' : `became ${change.currentHealth}`
    case null:
      return `became ${change.currentStatus}`
    default:
      return change.reason
  }
}

export type Severity = 'err' | 'warn' | 'neutral' | 'ok'

/** How much a change matters. */
export function severityOf(change: Change): Severity {
  if (change.reason === 'oom') return 'err'
  if (change.reason === 'died') return change.exitCode === 0 ? 'neutral' : 'err'
  if (change.reason === 'restarted' || change.reason === 'paused') return 'warn'
  // A stop or restart repeats the health from before, so health counts only in changes of health.
  if (change.reason === 'health' || change.reason === null) {
    if (change.currentHealth === 'unhealthy') return 'err'
    if (change.currentHealth === 'starting') return 'neutral'
  }
  return change.currentStatus === 'running' ? 'ok' : 'neutral'
}

/** Changes within this time are shown together. */
const TOGETHER_MS = 60_000
/** Older changes are not shown. */
const MAX_AGE_MS = 24 * 3_600_000

export interface LastChange {
  /** "died (137)" */
  first: string
  /** "restarted": the newest change, if another one is shown first; else null. */
  then: string | null
  /** Time of the first, in ms. */
  at: number
  weight: Severity
}

/**
 * The last change, with what followed: "died (137) 2 min ago, restarted". The worst change of the last minute comes
 * first. Null when there was no recent change.
 */
export function lastChange(changes: readonly Change[], now: number): LastChange | null {
  const dated = changes.map((change) => ({ change, at: Date.parse(change.at ?? '') }))
  const newest = dated.find(({ at }) => !Number.isNaN(at))
  if (!newest || now - newest.at > MAX_AGE_MS) return null
  const together = dated.filter(({ at }) => newest.at - at <= TOGETHER_MS)
  const worst = together.find(({ change }) => severityOf(change) === 'err') ?? newest
  const followed = worst === newest ? null : describeChange(newest.change)
  return {
    first: describeChange(worst.change),
    then: followed === describeChange(worst.change) ? null : followed,
    at: worst.at,
    weight: severityOf(worst.change),
  }
}
