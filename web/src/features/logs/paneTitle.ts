import { keyOf } from '../../state/containers/containerList'
import { logMessages } from './logMessages'
import type { PagePane } from '../../state/logs/pagePane'
import { printable } from '../../logs/text/plainText'

/** The title of a pane: its container, its project or its pattern; of several members the first. */
export function titleOf(pane: PagePane, severalHosts: boolean): string {
  const [first] = pane.spec.value.members
  if (first?.kind === 'project') return printable(first.project)
  if (first?.kind === 'pattern') return printable(first.pattern)
  const target = pane.target
  if (!target) return logMessages.nothingFits
  return printable(severalHosts ? keyOf(target).replace('/', ' / ') : target.name)
}
