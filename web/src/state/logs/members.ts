import type { Container } from '../../protocol/types'
import { compareNames } from '../../ui/names'
import { keyOf } from '../containers/containerList'
import { refusedByRights } from '../containers/rights'
import { fitsPattern } from './glob'
import type { MemberSpec } from './paneSpec'
import type { Target } from '../../logs/target'

/** Limit of containers per pane. The relay limits all panes together. */
const MAX_MEMBERS = 60

/** The containers that a pane shows now, in the order of its members, each once. */
export function targetsOf(
  members: readonly MemberSpec[],
  containers: ReadonlyMap<string, Container>,
): Target[] {
  const found = new Map<string, Target>()
  const add = (target: Target) => {
    if (found.size < MAX_MEMBERS && !found.has(keyOf(target))) found.set(keyOf(target), target)
  }
  for (const member of members) {
    if (member.kind === 'container') {
      const { controller, name } = member
      add({ controller, name, id: containers.get(keyOf(member))?.id ?? null })
    } else {
      const fits = [...containers.values()].filter(
        (container) => belongs(container, member) && refusedByRights(container, 'logs') === null,
      )
      fits
        .sort((a, b) => compareNames(a.name, b.name))
        .forEach(({ controller, name, id }) => add({ controller, name, id }))
    }
  }
  return [...found.values()]
}

function belongs(container: Container, member: Exclude<MemberSpec, { kind: 'container' }>): boolean {
  if (member.kind === 'pattern') return fitsPattern(member.pattern, container.name)
  if (container.project !== member.project) return false
  return member.controller === null || member.controller === container.controller
}
