import type { SourceView } from '../../logs/pane/paneView'
import type { Target } from '../../logs/target'
import { logMessages } from './logMessages'
import { printable } from '../../logs/text/plainText'

/** A container whose lines are not in the pane. */
export interface UnreadMember {
  source: number
  name: string
  reason: string
}

/** The containers of a pane whose logs cannot be read now, each with the reason. */
export function unreadMembers(
  sources: readonly SourceView[],
  targets: ReadonlyMap<number, Target>,
): UnreadMember[] {
  return sources.flatMap(({ source, refusal, state, stateMessage }) => {
    const reason = refusal ?? reasonOf(state, stateMessage)
    return reason === null ? [] : [{ source, name: printable(targets.get(source)?.name ?? ''), reason }]
  })
}

function reasonOf(state: string | null, message: string | null): string | null {
  if (state === 'unreadable') return message ?? logMessages.unread.unknown
  return state === 'waiting' ? logMessages.unread.waiting : null
}
