import type { HostLabels } from '../../protocol/link'
import { hasLabels, labelText } from '../../state/containers/hostLabels'
import type { StateKind } from '../../state/containers/displayState'
import type { ListRow } from '../../state/containers/listRow'

/** Which containers are shown: those that fulfil every part. */
export interface ListFilter {
  text: string
  kind: StateKind | null
  /** True: only those that need attention. */
  attention: boolean
  host: string | null
  project: string | null
  /** Labels of hosts, each `name=value`: of each name one of the values. */
  labels: readonly string[]
}

export const NO_FILTER: ListFilter = {
  text: '',
  kind: null,
  attention: false,
  host: null,
  project: null,
  labels: [],
}

/** @param labels of the row's host */
export function matches(row: ListRow, filter: ListFilter, labels: HostLabels): boolean {
  const { controller, project } = row.container
  if (filter.kind !== null && row.shown.kind !== filter.kind) return false
  if (filter.attention && !row.attention) return false
  if (filter.host !== null && controller !== filter.host) return false
  if (filter.project !== null && project !== filter.project) return false
  if (!hasLabels(labels, filter.labels)) return false
  return words(filter.text).every((word) => contains(row, labels, word))
}

/** Whether there is a filter that the reader can clear. */
export function hasFilter(filter: ListFilter): boolean {
  const { text, kind, attention, project, labels } = filter
  return text.trim() !== '' || kind !== null || attention || project !== null || labels.length > 0
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Whether some field contains the word; with `-` before it, whether none does. */
function contains(row: ListRow, labels: HostLabels, word: string): boolean {
  if (word.length > 1 && word.startsWith('-')) return !contains(row, labels, word.slice(1))
  const { name, full_name, image, id, project, controller, ports } = row.container
  const fields = [name, full_name, image, id, project, controller, row.shown.word, row.shown.note]
  if (fields.some((field) => field?.toLowerCase().includes(word))) return true
  if (Object.entries(labels).some(([key, value]) => labelText(key, value).toLowerCase().includes(word)))
    return true
  return ports.some((port) => String(port.public_port) === word || String(port.private_port) === word)
}
