import type { Container } from '../../protocol/types'
import { logMessages } from './logMessages'

/** What is known of a log that shows no line. */
export interface EmptyLog {
  connected: boolean
  ready: boolean
  refusal: string | null
  state: string | null
  stateMessage: string | null
  /** Null when the list does not have it. */
  container: Container | null
  /** Clock time since when it is followed. */
  since: string
  /** Lines that are there and that the filter leaves out. */
  hidden: number
}

/** Why a log is empty, in words. */
export function emptyReason(silence: EmptyLog): string {
  const { container, state, hidden } = silence
  if (hidden > 0) return logMessages.empty.filtered(hidden)
  if (silence.refusal !== null) return logMessages.empty.refused(silence.refusal)
  if (!silence.connected) return logMessages.empty.disconnected
  if (!silence.ready) return logMessages.empty.reading
  if (state === 'unreadable') return logMessages.empty.unreadable(silence.stateMessage)
  if (state === 'waiting' || state === 'removed' || !container || !container.created)
    return logMessages.empty.notCreated
  if (container.status === 'created') return logMessages.empty.neverStarted
  if (container.status === 'exited' || container.status === 'dead') return logMessages.empty.endedSilently
  return logMessages.empty.nothingYet(silence.since)
}
