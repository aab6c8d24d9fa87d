/** How the list is grouped; `label:NAME` by that label of the hosts. */
export type Grouping = 'project' | 'host' | 'projects' | 'none' | `label:${string}`

const PLAIN: readonly string[] = ['host', 'projects', 'none'] satisfies Grouping[]

/** The grouping of an address; the usual one for anything unknown. */
export function parseGrouping(text: string | null): Grouping {
  if (text === null) return 'project'
  return PLAIN.includes(text) || /^label:./.test(text) ? (text as Grouping) : 'project'
}

/** Null for the usual one. */
export function formatGrouping(grouping: Grouping): string | null {
  return grouping === 'project' ? null : grouping
}

/** The name of the label by which the list is grouped; null when it is not. */
export function labelOfGrouping(grouping: Grouping): string | null {
  return grouping.startsWith('label:') ? grouping.slice('label:'.length) : null
}
