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
}

export const NO_FILTER: ListFilter = { text: '', kind: null, attention: false, host: null, project: null }

export function matches(row: ListRow, filter: ListFilter): boolean {
  const { controller, project } = row.container
  if (filter.kind !== null && row.shown.kind !== filter.kind) return false
  if (filter.attention && !row.attention) return false
  if (filter.host !== null && controller !== filter.host) return false
  if (filter.project !== null && project !== filter.project) return false
  return words(filter.text).every((word) => contains(row, word))
}

/** Whether there is a filter that the reader can clear. */
export function hasFilter(filter: ListFilter): boolean {
  return filter.text.trim() !== '' || filter.kind !== null || filter.attention || filter.project !== null
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Whether some field contains the word; with `-` before it, whether none does. */
function contains(row: ListRow, word: string): boolean {
  if (word.length > 1 && word.startsWith('-')) return !contains(row, word.slice(1))
  const { name, full_name, image, id, project, controller, ports } = row.container
  const fields = [name, full_name, image, id, project, controller, row.shown.word, row.shown.note]
  if (fields.some((field) => field?.toLowerCase().includes(word))) return true
  return ports.some((port) => String(port.public_port) === word || String(port.private_port) === word)
}
