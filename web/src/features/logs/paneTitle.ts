import { keyOf } from '../../state/containers/containerList'
import { logMessages } from './logMessages'
import type { PagePane } from '../../state/logs/pagePane'

/** The title of a pane: its container, its project or its pattern; of several members the first. */
export function titleOf(pane: PagePane, severalHosts: boolean): string {
  const [first] = pane.spec.value.members
  if (first?.kind === 'project') return first.project
  if (first?.kind === 'pattern') return first.pattern
  const target = pane.target
  if (!target) return logMessages.nothingFits
  return severalHosts ? keyOf(target).replace('/', ' / ') : target.name
}
