import type { SearchedHost } from '../../logs/pane/searchedHosts'
import { printable } from '../../logs/text/plainText'
import { logMessages } from './logMessages'

/** More failures than this are counted only. */
const MOST_FAILURES = 5

/** Says per host what a search has read and what it could not. */
export function searchedText(hosts: readonly SearchedHost[]): string[] {
  const whole = hosts.filter(({ failed }) => !failed.some(({ container }) => container === null))
  const read = whole.map(({ host, logs, failed }) => ({ host, logs: logs - failed.length }))
  const names = read
    .filter(({ logs }) => logs > 0)
    .map(({ host, logs }) => logMessages.searchedHost(printable(host), logs))
  const failures = hosts.flatMap(({ host, failed }) =>
    failed.map(({ container, reason }) =>
      logMessages.notSearched(
        printable(container === null ? host : `${host}/${container}`),
        printable(reason),
      ),
    ),
  )
  const rest = failures.length - MOST_FAILURES
  return [
    ...(names.length > 0 ? [logMessages.searchedHosts(names)] : []),
    ...failures.slice(0, MOST_FAILURES),
    ...(rest > 0 ? [logMessages.moreNotSearched(rest)] : []),
  ]
}
