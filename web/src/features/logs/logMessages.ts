/** Every sentence that the logs say. */

const GAP: Record<string, string> = {
  slow_client: 'this page was too slow',
  behind: 'too many to catch up with',
  rotated: 'the log was rotated',
  removed: 'the container was removed',
}
const STATE: Record<string, string> = {
  following: 'Following',
  stopped: 'Stopped',
  restarted: 'Restarted',
  recreated: 'Re-created: a new container from here on',
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
  nothingFits: 'no container',

  gap: (count: number | null, reason: string) => {
    const lines = count === null ? 'Some lines are' : count === 1 ? '1 line is' : `${format(count)} lines are`
    return `${lines} missing here: ${GAP[reason] ?? 'nobody knows why'}.`
  },
  fill: 'Load them',
  filling: 'Loading…',
  fillAgain: 'Try again',
  fillFailed: (why: string | null) => `They could not be loaded: ${why ?? 'no reason was given'}.`,
  state: (state: string, message: string) => [STATE[state] ?? state, message].filter(Boolean).join(': '),
  marker: (number: string) => `Marker ${number}`,
  moreCharacters: (count: number) => `… ${format(count)} more characters`,
  moreLines: '…',

  newLines: (count: number) =>
    count > 99_999 ? '99,999+ new lines' : `${format(count)} new ${count === 1 ? 'line' : 'lines'}`,
  following: 'Following',
  paused: 'Paused',
  follow: 'Follow the log',
  pause: 'Pause at this place',
  backToLive: 'Back to live',
  said: (lines: number, errors: number) =>
    `${format(lines)} new ${lines === 1 ? 'line' : 'lines'}${errors > 0 ? `, ${format(errors)} ${errors === 1 ? 'error' : 'errors'}` : ''}`,

  search: 'Search this log',
  searchHint: 'text, "phrase", /regex/, -not',
  hits: (at: number | null, count: number) =>
    at === null ? format(count) : `${format(at)} of ${format(count)}`,
  noHits: 'no match',
  nextHit: 'Next match',
  lastHit: 'Previous match',
  onlyHits: 'Show matching lines only',
  caseSensitive: 'Match case',
  badPattern: (why: string) => `Not a pattern: ${why}`,
  tooSlow: 'This pattern takes too long; it is not applied.',
  lookedThrough: (rows: number, since: string) => `Looked through ${format(rows)} lines, back to ${since}.`,
  searchOlder: 'Search older lines',
  searchingOlder: 'Searching older lines…',
  stopSearch: 'Stop',

  levels: 'Levels',
  level: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug', other: 'Other' },
  allLevels: 'All levels',
  stderrOnly: 'stderr only',

  timestamps: 'Timestamps',
  timestampsAre: { local: 'local time', utc: 'UTC', relative: 'since the line before', off: 'off' },
  wrap: 'Wrap long lines',
  more: 'More',
  closeLog: 'Close the log',
  resizeLog: 'Height of the log',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Back to the containers',
  addPane: 'Another pane',
  split: 'Same log in another pane',
  merge: 'Merge another container…',
  mergeWith: 'Container, project:NAME or name:PATTERN',
  containersHere: 'Containers in this pane',
  takeOut: (name: string) => `Take ${name} out`,
  mute: (name: string) => `Hide the lines of ${name}`,
  unfoldJson: 'Unfold JSON lines',
  clear: 'Clear the view',
  undoClear: 'Undo clear',
  mark: 'Set a marker in all panes',
  nextPane: 'Next pane',
  lastPane: 'Previous pane',
  jump: 'Go to a time…',
  jumpHint: '14:05, -15m or 2025-11-25T14:05:00Z',
  notATime: 'Write a time such as 14:05, -15m or 2025-11-25T14:05:00Z.',
  go: 'Go',

  copyLine: 'Copy the line',
  copyLines: (count: number) => (count === 1 ? 'Copied 1 line.' : `Copied ${format(count)} lines.`),
  copyLink: 'Copy a link to the line',
  copiedLink: 'Copied the link.',
  notCopied: 'The browser did not let this page copy.',
  inspect: 'Particulars of the line',
  selected: (count: number) => `${format(count)} lines selected`,

  download: 'Download…',
  downloadLoaded: 'What is loaded',
  downloadRange: 'From the store',
  from: 'From',
  until: 'Until',
  asText: 'As text',
  asJsonLines: 'As JSON lines',
  wholeLog: 'Leave both empty for the whole log.',

  inspector: {
    title: 'Line',
    close: 'Close the particulars',
    time: 'Time',
    container: 'Container',
    stream: 'Stream',
    level: 'Level',
    raw: 'Raw',
    fields: 'Fields',
    filterFor: (field: string) => `Show lines with this ${field} only`,
    filterOut: (field: string) => `Leave lines with this ${field} out`,
    context: 'Show around it',
  },

  older: { loading: 'Loading older lines…', none: 'The log begins here.', more: 'Older lines are above.' },
  newer: { loading: 'Loading newer lines…' },
  storeFailed: (why: string) => `The stored log could not be read: ${why}.`,
  retry: 'Try again',

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
    filtered: (rows: number) =>
      rows === 1
        ? 'The filter hides the one line that is here.'
        : `The filter hides all ${format(rows)} lines.`,
    noMembers: 'No container fits yet. Those that come join by themselves.',
  },
  showAll: 'Show all lines',
}

const numbers = new Intl.NumberFormat('en')

function format(count: number): string {
  return numbers.format(count)
}
