import type { RecordEntry, RecordedEvent } from '../../protocol/record'
import { recordMessages } from './recordMessages'
import { clockTime, duration, instant } from '../../ui/time'

/** The outcomes that can be chosen, with their words. */
export const OUTCOMES: Record<string, string> = {
  done: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  requested: 'Requested',
  unknown: 'End not seen',
}

const ACTIONS: Record<string, string> = {
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  kill: 'Kill',
  access: 'Request',
  dismiss: 'Dismiss host',
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  user: 'User changed',
  token: 'Token changed',
  record: 'Record read',
  rights: 'Rights changed',
  'record.file': 'New record file',
  'record.cut': 'Incomplete line removed',
  'record.lost': 'Entries lost',
}

/** The sign of an outcome; its shape differs too. */
export function signOf(outcome: string): {
  tone: 'ok' | 'warn' | 'err' | 'neutral'
  shape: 'full' | 'half' | 'hollow' | 'square'
} {
  switch (outcome) {
    case 'done':
      return { tone: 'ok', shape: 'full' }
    case 'failed':
      return { tone: 'err', shape: 'square' }
    case 'refused':
      return { tone: 'warn', shape: 'half' }
    default:
      return { tone: 'neutral', shape: 'hollow' }
  }
}

/** What was done, in words; a word that only a newer relay uses stays as it is. */
export function actionOf(entry: RecordEntry): string {
  // A token that is not valid, or may not be made.
  if (entry.what === 'token' && entry.outcome === 'refused') return 'Token'
  return Object.hasOwn(ACTIONS, entry.what) ? ACTIONS[entry.what]! : entry.what
}

/** Who did it. Users and tokens that are changed without a name are changed by a command of the relay. */
export function whoOf({ who, address, what, outcome }: RecordEntry): string {
  if (who !== null) return who
  const changed = (what === 'user' || what === 'token') && outcome === 'done' && address === null
  return changed ? recordMessages.command : recordMessages.program
}

export function outcomeOf(entry: RecordEntry): string {
  return Object.hasOwn(OUTCOMES, entry.outcome) ? OUTCOMES[entry.outcome]! : entry.outcome
}

/** "host/name", or the host alone; empty without one. */
export function placeOf({ container }: RecordEntry): string {
  return container === null
    ? ''
    : [container.controller, container.name].filter((part) => part !== null).join('/')
}

/** "0.4 s", "2 min 10 s"; empty when it is not known. */
export function durationOf({ duration_ms: ms }: RecordEntry): string {
  if (ms === null) return ''
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms)
}

/** "died (137) 12:00:05" */
export function eventText({ at, event, status, exit_code: code }: RecordedEvent): string {
  const time = instant(at)
  return [event ?? status, code === null ? '' : `(${code})`, time === null ? '' : clockTime(time)]
    .filter((part) => part)
    .join(' ')
}

/** Without the requests whose end is among the entries. */
export function withoutAnswered(entries: readonly RecordEntry[]): RecordEntry[] {
  const answered = new Set(entries.map((entry) => entry.request))
  return entries.filter((entry) => !answered.has(entry.seq))
}
