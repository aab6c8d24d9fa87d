import type { WholeCount } from '../../logs/pane/hitCount'
import type { SeekResult } from '../../logs/pane/paneView'

/** The texts of the log panes. */

const GAP: Record<string, string> = {
  slow_client: 'this page was too slow',
  behind: 'too many lines to catch up',
  rotated: 'the log was rotated',
  removed: 'the container was removed',
  damaged: 'the engine cannot read its stored log there',
}
const STATE: Record<string, string> = {
  following: 'Following',
  stopped: 'Stopped',
  restarted: 'Restarted',
  recreated: 'Re-created: the lines below are from the new container',
  renamed: 'Renamed',
  removed: 'Removed',
  waiting: 'Waiting for the container to be created',
  unreadable: 'This log cannot be read',
}

export const logMessages = {
  logOf: (name: string) => `Log of ${name}`,
  logs: 'Logs',
  mergedWith: (count: number) => `+${count} merged`,
  merged: (count: number) => `${count} merged`,
  nothingFits: 'no matching container',

  gap: (count: number | null, reason: string) => {
    const lines = count === null ? 'Some lines are' : count === 1 ? '1 line is' : `${format(count)} lines are`
    return `${lines} missing here: ${GAP[reason] ?? 'unknown reason'}.`
  },
  late: 'Arrived after newer lines of other hosts, and was put in its place.',
  uncertain: (host: string, error: string) =>
    `The order to the lines of ${host} is not certain: the two clocks are compared to ± ${error} ms.`,
  uncertainUnmeasured: (host: string) =>
    `The order to the lines of ${host} is not certain: the clock of one of the two hosts is not measured.`,
  hostTime: (time: string) => `(by the host’s own clock: ${time})`,
  fill: 'Load lines',
  filling: 'Loading…',
  fillAgain: 'Try again',
  fillFailed: (why: string | null) => `Loading failed: ${why ?? 'unknown reason'}.`,
  state: (state: string, message: string) => [STATE[state] ?? state, message].filter(Boolean).join(': '),
  marker: (number: string) => `Marker ${number}`,
  moreCharacters: (count: number) => `… ${format(count)} more characters`,

  newLines: (count: number) =>
    count > 99_999 ? '99,999+ new lines' : `${format(count)} new ${count === 1 ? 'line' : 'lines'}`,
  following: 'Following',
  paused: 'Paused',
  follow: 'Follow the log',
  pause: 'Pause here',
  backToLive: 'Back to live',
  announcement: (lines: number, errors: number) =>
    `${format(lines)} new ${lines === 1 ? 'line' : 'lines'}${errors > 0 ? `, ${format(errors)} ${errors === 1 ? 'error' : 'errors'}` : ''}`,

  search: 'Search this log',
  searchHint: 'text, "phrase", /regex/, -not',
  /** Hits of the search text: `loaded` of them, and of the whole log when that is not loaded. */
  hits: ({ at, count }: { at: number | null; count: number }, whole: WholeCount | null) => {
    const loaded = at === null ? format(count) : `${format(at)} of ${format(count)}`
    if (whole?.state === 'counting') return `${loaded} loaded, counting…`
    if (whole?.state === 'counted' && whole.hits > count)
      return `${format(whole.hits)} in all, ${loaded} loaded`
    if (whole?.state === 'at-least') return `at least ${format(whole.hits)} in all, ${loaded} loaded`
    if (whole?.state === 'failed') return `${loaded} loaded`
    return count === 0 ? 'no match' : loaded
  },
  notCounted: (why: string | null) => `Only loaded lines are counted: ${why ?? 'unknown reason'}.`,
  next: { error: 'Next error', warn: 'Next warning', line: 'Next line' },
  previous: { error: 'Previous error', warn: 'Previous warning', line: 'Previous line' },
  nextHit: 'Next match',
  lastHit: 'Previous match',
  onlyHits: 'Show matching lines only',
  caseSensitive: 'Match case',
  badPattern: (why: string) => `Invalid pattern: ${why}`,
  tooSlow: 'This pattern takes too long and is not applied.',
  lookedThrough: (rows: number, since: string) => `Searched ${format(rows)} lines, back to ${since}.`,
  inAll: (loaded: number, all: number, since: string) =>
    `${format(all)} matching ${all === 1 ? 'line' : 'lines'} in all, ${format(loaded)} loaded, back to ${since}.`,
  searchOlder: 'Search older lines',
  searching: 'Searching the whole log…',
  /** How far a search is. */
  searched: (lines: number, at: string | null) =>
    [lines > 0 ? `${format(lines)} lines read` : '', at === null ? '' : `now at ${at}`]
      .filter(Boolean)
      .join(', '),
  stopSearch: 'Stop the search',
  stop: 'Stop',
  close: 'Close',
  found: (time: string) => `Found at ${time}.`,
  notFound: ({ target, whole, filtered }: Extract<SeekResult, { kind: 'none' }>) => {
    const line = { hit: 'match', error: 'error', warn: 'warning' }[target]
    return `No ${line}${filtered ? ' that the filter shows' : ''} in ${whole ? 'this log' : 'the loaded lines'}.`
  },
  hidden: { error: 'The filter hides errors.', warn: 'The filter hides warnings.' },

  levels: 'Levels',
  level: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug', other: 'Other' },
  allLevels: 'All levels',
  stderrOnly: 'stderr only',

  timestamps: 'Timestamps',
  timestampsAre: { local: 'local time', utc: 'UTC', relative: 'since the previous line', off: 'off' },
  wrap: 'Wrap long lines',
  toTop: 'Go to the oldest line',
  toEnd: 'Go to the newest line and follow',
  larger: 'Larger font',
  smaller: 'Smaller font',
  more: 'More',
  closeLog: 'Close log',
  resizeLog: 'Log height',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Back to the containers',
  split: 'Open in another pane',
  merge: 'Merge another container…',
  mergeWith: 'Container, project:NAME or name:PATTERN',
  containersHere: 'Containers in this pane',
  takeOut: (name: string) => `Remove ${name}`,
  mute: (name: string) => `Hide lines of ${name}`,
  unfoldJson: 'Expand JSON lines',
  unfold: 'Expand or collapse',
  unfoldLine: 'Expand or collapse the selected JSON line',
  clear: 'Clear view',
  undoClear: 'Undo clear',
  mark: 'Set marker in all panes',
  nextPane: 'Next pane',
  lastPane: 'Previous pane',
  time: 'Time',
  jump: 'Go to a time',
  range: 'Show a time range only',
  pick: 'date and time',
  pickUtc: 'date and time, in UTC',
  lastTime: (time: string) => `Last ${time}`,
  allTimes: 'All times',
  show: 'Show',
  rangeShown: (from: string | null, until: string | null) =>
    ['Only lines', from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' '),
  momentHint: '14:05 or -15m',
  jumpHint: '14:05, -15m or 2025-11-25T14:05:00Z',
  endsTooEarly: 'The end is before the beginning.',
  notATime: 'Enter a time such as 14:05, -15m or 2025-11-25T14:05:00Z.',
  go: 'Go',

  selected: 'Selected lines',
  copy: 'Copy the selected lines',
  copyTimed: 'Copy the selected lines with their times',
  clearSelection: 'Clear the selection',
  copyLine: 'Copy line',
  copyText: 'Copy',
  copyWithTime: 'Copy with time',
  copyLines: (count: number) => (count === 1 ? 'Copied 1 line.' : `Copied ${format(count)} lines.`),
  copyLink: 'Copy link to line',
  copiedLink: 'Copied the link.',
  notCopied: 'The browser did not allow copying.',
  inspect: 'Line details',

  download: 'Download',
  downloadLoaded: 'Loaded lines',
  downloadRange: 'Stored log',
  from: 'From',
  until: 'Until',
  asText: 'As text',
  asJsonLines: 'As JSON lines',
  wholeLog: 'Leave both empty to download the whole log.',

  inspector: {
    title: 'Line',
    close: 'Close line details',
    time: 'Time',
    container: 'Container',
    stream: 'Stream',
    level: 'Level',
    raw: 'Raw',
    fields: 'Fields',
    filterFor: (field: string) => `Show only lines with this ${field}`,
    filterOut: (field: string) => `Hide lines with this ${field}`,
    context: 'Show in context',
  },

  older: { loading: 'Loading older lines…', none: 'The log begins here.', more: 'Older lines are above.' },
  searchFailed: (why: string) => `Could not search the whole log: ${why}.`,
  searchedHost: (host: string, logs: number) => `${host} (${logs === 1 ? '1 log' : `${logs} logs`})`,
  searchedHosts: (hosts: readonly string[]) => `Searched: ${hosts.join(', ')}.`,
  notSearched: (what: string, why: string) => `Not searched: ${what}: ${why.replace(/\.$/, '')}.`,
  moreNotSearched: (count: number) => `And ${count} more.`,
  storeFailed: (why: string) => `Could not read the stored log: ${why}.`,

  unread: {
    unknown: 'it cannot be read',
    waiting: 'it does not exist yet',
    title: (count: number) => (count === 1 ? 'No lines of' : `No lines of ${format(count)} containers:`),
    member: (name: string, reason: string) => `${name} (${reason})`,
  },

  empty: {
    disconnected: 'Waiting for the connection.',
    reading: 'Reading the log…',
    waiting: (reason: string) => `Waiting for this log. ${reason}`,
    notCreated: 'This container does not exist yet. Its log appears here as soon as it is created.',
    neverStarted: 'This container was never started.',
    nothingYet: (since: string) => `No log lines yet. Following since ${since}.`,
    endedSilently: 'This container exited without output.',
    unreadable: (reason: string | null) =>
      reason ? `This log cannot be read: ${reason}` : 'This log cannot be read.',
    refused: (reason: string) => `This log cannot be followed: ${reason}`,
    filtered: (rows: number) =>
      rows === 1 ? 'The filter hides the only line.' : `The filter hides all ${format(rows)} lines.`,
    noMembers: 'No matching container yet. New ones are added automatically.',
  },
  showAll: 'Show all lines',
}

const numbers = new Intl.NumberFormat('en')

function format(count: number): string {
  return numbers.format(count)
}
