import type { Container } from '../../protocol/types'
import { logMessages } from './logMessages'

/** What is known about a log without visible lines. */
export interface EmptyLog {
  connected: boolean
  ready: boolean
  refusal: string | null
  state: string | null
  stateMessage: string | null
  /** Null when it is not in the list. */
  container: Container | null
  /** The clock time when following started. */
  since: string
  /** Lines that the filter hides. */
  hidden: number
}

/** A message that says why a log is empty. */
export function emptyReason(log: EmptyLog): string {
  const { container, state, hidden } = log
  if (hidden > 0) return logMessages.empty.filtered(hidden)
  if (log.refusal !== null) return logMessages.empty.refused(log.refusal)
  if (!log.connected) return logMessages.empty.disconnected
  if (state === 'waiting' && log.stateMessage !== null && container?.created)
    return logMessages.empty.waiting(log.stateMessage)
  if (!log.ready) return logMessages.empty.reading
  if (state === 'unreadable') return logMessages.empty.unreadable(log.stateMessage)
  if (state === 'waiting' || state === 'removed' || !container || !container.created)
    return logMessages.empty.notCreated
  if (container.status === 'created') return logMessages.empty.neverStarted
  if (container.status === 'exited' || container.status === 'dead') return logMessages.empty.endedSilently
  return logMessages.empty.nothingYet(log.since)
}
