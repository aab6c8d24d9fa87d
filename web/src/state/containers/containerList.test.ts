import { describe, expect, it } from 'vitest'
import type { Container } from '../../protocol/types'
import { golden } from '../../testing/examples'
import { applyChange, listOf } from './containerList'

interface Change {
  name: string
  id: string | null
  controller: string
  container: Container | null
}

interface ApplyCase {
  name: string
  before: Container[]
  changes: Change[]
  after: Container[]
}

/** The same table that the Java `ContainerList` is tested with. */
const { apply } = JSON.parse(golden('container-list-cases')) as { apply: ApplyCase[] }

/** One change as a `containers_changed` message carries it. */
function frameOf({ name, id, controller, container }: Change) {
  return container
    ? { containers: [container], removed: [] }
    : { containers: [], removed: [{ name, id, controller }] }
}

const byName = (containers: Iterable<Container>) =>
  [...containers].sort((one, other) => one.name.localeCompare(other.name))

describe('the table of list changes', () => {
  it.each(apply)('$name', ({ before, changes, after }) => {
    const list = changes.map(frameOf).reduce(applyChange, listOf(before))
    expect(byName(list.values())).toEqual(byName(after))
  })
})
