import type { Grouping } from './grouping'
import type { ProjectGroup, HostGroup, Listing, Section } from './listing'
import type { ListRow } from '../../state/containers/listRow'

/** The items of the list from top to bottom: headers of sections, hosts and projects, containers, and failures below them. */
export type ListItem =
  | { kind: 'section'; key: string; section: Section }
  | { kind: 'host'; key: string; host: HostGroup }
  | { kind: 'project'; key: string; group: ProjectGroup }
  | { kind: 'rest'; key: string }
  | { kind: 'row'; key: string; row: ListRow }
  | { kind: 'trouble'; key: string; row: ListRow }

/** @param failed whether the last action on a container failed and was not dismissed, by key */
export function itemsOf(listing: Listing, grouping: Grouping, failed: (key: string) => boolean): ListItem[] {
  const items: ListItem[] = []
  for (const host of listing.hosts) {
    if (host.section)
      items.push({ kind: 'section', key: `section ${host.section.key}`, section: host.section })
    if (grouping !== 'none') items.push({ kind: 'host', key: `host ${host.key}`, host })
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
