import type { ProjectGroup, HostGroup, Grouping, Listing } from './listing'
import type { ListRow } from '../../state/containers/listRow'

/** What stands below one another in the list: heads of hosts and projects, containers, and what went wrong with one. */
export type ListItem =
  | { kind: 'host'; key: string; host: HostGroup }
  | { kind: 'project'; key: string; group: ProjectGroup }
  | { kind: 'rest'; key: string }
  | { kind: 'row'; key: string; row: ListRow }
  | { kind: 'trouble'; key: string; row: ListRow }

/** @param failed whether the last action on a container went wrong, and was not dismissed */
export function itemsOf(listing: Listing, grouping: Grouping, failed: (key: string) => boolean): ListItem[] {
  const items: ListItem[] = []
  for (const host of listing.hosts) {
    if (grouping !== 'none') items.push({ kind: 'host', key: `host ${host.controller}`, host })
    for (const group of host.groups) {
      const head = grouping === 'project' ? headOf(group, host) : null
      if (head) items.push(head)
      for (const row of group.rows) {
        items.push({ kind: 'row', key: row.key, row })
        if (failed(row.key)) items.push({ kind: 'trouble', key: `trouble ${row.key}`, row })
      }
    }
  }
  return items
}

function headOf(group: ProjectGroup, host: HostGroup): ListItem | null {
  const key = `project ${group.key}`
  if (group.project !== null) return { kind: 'project', key, group }
  return host.groups.length > 1 ? { kind: 'rest', key } : null
}
