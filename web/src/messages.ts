/** Every sentence the page says, in one place, so that the same thing always has the same words. */
import type { ActionName } from './protocol/types'

const DOING: Record<ActionName, string> = { start: 'Starting…', stop: 'Stopping…', restart: 'Restarting…' }
const DONE: Record<ActionName, string> = { start: 'Started', stop: 'Stopped', restart: 'Restarted' }
export const messages = {
  product: 'Dockrelay',
  containers: 'Containers',
  filter: 'Filter containers',
  all: 'All',
  filterByState: 'Filter by state',
  groupNote: (running: number, all: number) =>
    `${running} running of ${all} ${all === 1 ? 'container' : 'containers'}`,
  noMatch: 'No containers match this filter.',
  clearFilter: 'Clear the filter',
  loading: 'Loading the containers…',
  noContainers: 'There are no containers here yet. They appear by themselves as soon as they are created.',
  noControllers: 'No controller has said anything yet. Its containers appear here as soon as it does.',

  notConnected: 'Not connected to the relay.',
  noContainer: 'There is no container.',
  busy: 'An action is on its way.',

  action: { start: 'Start', stop: 'Stop', restart: 'Restart' } as Record<ActionName, string>,
  doing: (action: ActionName) => DOING[action],
  done: (action: ActionName, by: string | null) => (by ? `${DONE[action]} by ${by}` : DONE[action]),
  failed: (action: ActionName, name: string, reason: string | null) =>
    `Could not ${action} ${name}: ${reason ?? 'no reason was given.'}`,
  lost: (action: ActionName, name: string) =>
    `The connection broke before it was known whether the ${action} of ${name} worked.`,
  dismiss: 'Dismiss',
  asOf: (when: string) => `as of ${when}`,
  openLog: 'Log',

  link: {
    connecting: 'Connecting',
    live: 'Live',
    stale: 'Silent',
    waiting: 'Reconnecting',
    offline: 'Offline',
    refused: 'Refused',
  },
  connections: 'Connections',
  retryNow: 'Retry now',
  backOnline: 'Back online.',
}
