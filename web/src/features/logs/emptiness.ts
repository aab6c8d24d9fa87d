import type { Container } from '../../protocol/types'
import { messages } from './messages'

/** What is known of a log that shows no line. */
export interface Silence {
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
export function whyEmpty(silence: Silence): string {
  const { container, state, hidden } = silence
  if (hidden > 0) return messages.empty.filtered(hidden)
  if (silence.refusal !== null) return messages.empty.refused(silence.refusal)
  if (!silence.connected) return messages.empty.disconnected
  if (!silence.ready) return messages.empty.reading
  if (state === 'unreadable') return messages.empty.unreadable(silence.stateMessage)
  if (state === 'waiting' || state === 'removed' || !container || !container.created)
    return messages.empty.notCreated
  if (container.status === 'created') return messages.empty.neverStarted
  if (container.status === 'exited' || container.status === 'dead') return messages.empty.endedSilently
  return messages.empty.nothingYet(silence.since)
}
