import type { Change } from '../../protocol/types'

/** What a change was, in one or two words: "died (137)", "became healthy". */
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

/** How much a change matters to somebody who looks over. */
export function severityOf(change: Change): Severity {
  if (change.reason === 'oom') return 'err'
  if (change.reason === 'died') return change.exitCode === 0 ? 'neutral' : 'err'
  if (change.reason === 'restarted' || change.reason === 'paused') return 'warn'
  // Its health goes on as it was through a stop or a restart: only a change of it is news.
  if (change.reason === 'health' || change.reason === null) {
    if (change.currentHealth === 'unhealthy') return 'err'
    if (change.currentHealth === 'starting') return 'neutral'
  }
  return change.currentStatus === 'running' ? 'ok' : 'neutral'
}

/** What came to pass right after belongs to the same story. */
const ONE_STORY_MS = 60_000
/** Older than this is no news. */
export const MAX_AGE_MS = 24 * 3_600_000

export interface LastChange {
  /** "died (137)" */
  first: string
  /** "restarted": how it went on, if it did. */
  then: string | null
  /** When it began, in ms. */
  at: number
  weight: Severity
}

/**
 * The last thing that happened, with how it went on: "died (137) 2 min ago, restarted". The worst of a minute tells the
 * story. Null when nothing did lately.
 */
export function lastChange(changes: readonly Change[], now: number): LastChange | null {
  const dated = changes.map((change) => ({ change, at: Date.parse(change.at ?? '') }))
  const newest = dated.find(({ at }) => !Number.isNaN(at))
  if (!newest || now - newest.at > MAX_AGE_MS) return null
  const together = dated.filter(({ at }) => newest.at - at <= ONE_STORY_MS)
  const worst = together.find(({ change }) => severityOf(change) === 'err') ?? newest
  const wentOn = worst === newest ? null : describeChange(newest.change)
  return {
    first: describeChange(worst.change),
    then: wentOn === describeChange(worst.change) ? null : wentOn,
    at: worst.at,
    weight: severityOf(worst.change),
  }
}
