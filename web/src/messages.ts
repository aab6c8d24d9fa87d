/** Every sentence the page says, in one place, so that the same thing always has the same words. */
import type { ActionName } from './protocol/types'

const DOING: Record<ActionName, string> = { start: 'Starting…', stop: 'Stopping…', restart: 'Restarting…' }
const DONE: Record<ActionName, string> = { start: 'Started', stop: 'Stopped', restart: 'Restarted' }
const GAP: Record<string, string> = {
  slow_client: 'this page was too slow',
  behind: 'too many to catch up with',
  rotated: 'the log was rotated',
  removed: 'the container was removed',
}
const LOG_STATE: Record<string, string> = {
  following: 'Following',
  stopped: 'Stopped',
  restarted: 'Restarted',
  recreated: 'Re-created: a new container from here on',
  renamed: 'Renamed',
  removed: 'Removed',
  waiting: 'Waiting for the container to be created',
  unreadable: 'This log cannot be read',
}

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

  gap: (count: number | null, reason: string) => {
    const lines = count === null ? 'Some lines are' : count === 1 ? '1 line is' : `${format(count)} lines are`
    return `${lines} missing here: ${GAP[reason] ?? 'nobody knows why'}.`
  },
  logState: (state: string, message: string | null) =>
    [LOG_STATE[state] ?? state, message].filter(Boolean).join(': '),
  moreCharacters: (count: number) => `… ${format(count)} more characters`,
  logOf: (name: string) => `Log of ${name}`,
  newLines: (count: number) =>
    count > 99_999 ? '99,999+ new lines' : `${format(count)} new ${count === 1 ? 'line' : 'lines'}`,
  following: 'Following',
  paused: 'Paused',
  follow: 'Follow the log',
  pause: 'Pause at this place',
  timestamps: 'Timestamps',
  closeLog: 'Close the log',
  resizeLog: 'Height of the log',

  empty: {
    disconnected: 'Waiting for the connection.',
    reading: 'Reading the log…',
    notCreated: 'There is no such container yet. Its log begins here as soon as it is created.',
    neverStarted: 'This container was never started: nothing has been written.',
    nothingYet: (since: string) => `No log lines yet. Following since ${since}.`,
    endedSilently: 'This container ended without writing anything.',
    unreadable: (reason: string | null) =>
      reason ? `This log cannot be read: ${reason}` : 'This log cannot be read.',
    refused: (reason: string) => `This log cannot be followed: ${reason}`,
  },
}

const numbers = new Intl.NumberFormat('en')

function format(count: number): string {
  return numbers.format(count)
}
