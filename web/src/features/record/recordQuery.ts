import { instant } from '../../ui/time'

/** The filter, as it is in the address; a time is in UTC. Empty texts are not filtered by. */
export interface RecordFilter {
  who: string
  on: string
  outcome: string
  since: string
  until: string
}

export const FILTER_NAMES = ['who', 'on', 'outcome', 'since', 'until'] as const

/** The parameters of the relay's interface. */
export function recordParameters(filter: RecordFilter): URLSearchParams {
  const parameters = new URLSearchParams()
  if (filter.who !== '') parameters.set('who', filter.who)
  if (filter.on !== '') parameters.set('container', filter.on)
  if (filter.outcome !== '') parameters.set('outcome', filter.outcome)
  for (const name of ['since', 'until'] as const) {
    if (instant(filter[name]) !== null) parameters.set(name, filter[name])
  }
  return parameters
}

/** The value of the browser's field for a local time; empty without a time. */
export function localField(time: string): string {
  const at = instant(time)
  if (at === null) return ''
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** The time in UTC of such a value. */
export function utcOf(field: string): string {
  const at = instant(field === '' ? null : field)
  return at === null ? '' : new Date(at).toISOString()
}
