import type { Container } from '../../protocol/types'

/** Meaning of a colour and a shape. A word always stands next to them. */
export type Tone = 'ok' | 'warn' | 'err' | 'neutral' | 'paused'
export type Shape = 'full' | 'half' | 'hollow' | 'square'

/** The kinds by which containers are counted and filtered. */
export type StateKind = 'running' | 'unhealthy' | 'restarting' | 'paused' | 'stopped' | 'unknown'

export interface DisplayState {
  kind: StateKind
  tone: Tone
  shape: Shape
  /** The main word, and a note with more about the state. */
  word: string
  note: string
}

/** How a container's state is displayed. All words, colours and counts come from here. */
export function displayState(container: Container): DisplayState {
  if (container.restart_loop !== null && ['running', 'restarting'].includes(container.status))
    return restartLoop(container, container.restart_loop.exit_code)
  switch (container.status) {
    case 'running':
      return running(container)
    case 'restarting':
      return shown('restarting', 'warn', 'half', 'Restarting', exitNote(container))
    case 'removed':
      return shown('stopped', 'neutral', 'hollow', 'Removed')
    case 'removing':
      return shown('stopped', 'warn', 'half', 'Removing')
    case 'paused':
      return shown('paused', 'paused', 'square', 'Paused')
    case 'created':
      return container.error === null
        ? shown('stopped', 'neutral', 'hollow', 'Created', 'never started')
        : failedToStart(container)
    case 'not-created':
      return shown('stopped', 'neutral', 'hollow', 'Not created')
    case 'exited':
      return container.error === null ? exited(container) : failedToStart(container)
    case 'dead':
      return shown('unhealthy', 'err', 'square', 'Dead', exitNote(container))
    case 'unknown':
      return shown('unknown', 'neutral', 'hollow', 'Unknown', lastKnown(container))
    default:
      return shown('unknown', 'neutral', 'hollow', sentenceCase(container.status))
  }
}

/** Exit codes after SIGINT, SIGKILL and SIGTERM. */
const SIGNALS_OF_A_STOP = new Set([130, 137, 143])

/** Exit codes from here on are of signals. */
const FIRST_SIGNAL = 129

/**
 * Whether the container has a problem, or exited with an error without being stopped. While its engine is away, whether
 * it had one when the engine answered last.
 */
export function needsAttention(container: Container): boolean {
  const { status, last_status: last } = container
  if (status === 'unknown' && last !== null && last !== status)
    return needsAttention({ ...container, status: last, health: container.last_health })
  const { kind } = displayState(container)
  if (kind === 'unknown') return false
  if (kind === 'unhealthy' || kind === 'restarting' || container.error !== null) return true
  return container.status === 'exited' && exitedWithError(container)
}

function exitedWithError({ oom_killed, exit_code, end_requested }: Container): boolean {
  if (oom_killed || exit_code === null || exit_code === 0) return oom_killed
  // Without knowledge of a request the usual signals of a stop are taken for one.
  const stopped = end_requested === null ? SIGNALS_OF_A_STOP.has(exit_code) : end_requested
  return !(stopped && exit_code >= FIRST_SIGNAL)
}

/** Steady, though the status changes every few seconds. */
function restartLoop({ restart_count: count }: Container, exitCode: number | null): DisplayState {
  const parts = [count === null ? '' : `${count} restarts`, exitCode === null ? '' : `code ${exitCode}`]
  return shown('restarting', 'err', 'half', 'Restart loop', parts.filter(Boolean).join(', '))
}

function running(container: Container): DisplayState {
  if (container.health === 'unhealthy') return shown('unhealthy', 'err', 'square', 'Unhealthy', 'running')
  if (container.health === 'starting') return shown('running', 'warn', 'half', 'Starting', 'running')
  return shown('running', 'ok', 'full', 'Running', container.health ?? '')
}

function exited(container: Container): DisplayState {
  const failed = exitedWithError(container)
  return shown(
    'stopped',
    failed ? 'err' : 'neutral',
    failed ? 'square' : 'hollow',
    'Exited',
    exitNote(container),
  )
}

/** The engine could not start it, for the first time or again. */
function failedToStart(container: Container): DisplayState {
  return shown('stopped', 'err', 'square', 'Failed to start', exitNote(container))
}

function exitNote(container: Container): string {
  if (container.oom_killed) return 'out of memory'
  return container.exit_code === null ? '' : `code ${container.exit_code}`
}

function lastKnown(container: Container): string {
  const was = container.last_health ?? container.last_status
  return was === null ? '' : `was ${was}`
}

function shown(kind: StateKind, tone: Tone, shape: Shape, word: string, note = ''): DisplayState {
  return { kind, tone, shape, word, note }
}

function sentenceCase(word: string): string {
  return word === '' ? 'Unknown' : word[0]!.toUpperCase() + word.slice(1)
}
