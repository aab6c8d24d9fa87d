import type { Container } from '../../protocol/types'
import { keyOf } from './containerList'
import { needsAttention, displayState, type DisplayState } from './displayState'

/** A container with all that the list derives from it. */
export interface ListRow {
  key: string
  container: Container
  shown: DisplayState
  attention: boolean
}

/** An unchanged container keeps its row, so that nothing of it is rendered again. */
const rows = new WeakMap<Container, ListRow>()

export function rowOf(container: Container): ListRow {
  const known = rows.get(container)
  if (known) return known
  const row = {
    key: keyOf(container),
    container,
    shown: displayState(container),
    attention: needsAttention(container),
  }
  rows.set(container, row)
  return row
}
