import { compareNames } from '../../ui/names'
import type { Fleet } from '../../state/containers/fleet'
import { hasFilter, matches, type ListFilter } from './listFilter'
import type { RowComparator } from './sorting'
import { rowOf, type ListRow } from '../../state/containers/listRow'
import type { StateKind } from '../../state/containers/displayState'

/** The containers of one compose project on one host; of no project when `project` is null. */
export interface ProjectGroup {
  key: string
  controller: string
  project: string | null
  rows: ListRow[]
  /** Running containers, whatever the filter; null when the state of all is unknown. */
  running: number | null
  total: number
}

/** A host with its groups; one group when the list is not grouped by project. */
export interface HostGroup {
  controller: string
  groups: ProjectGroup[]
  /** As in a group. */
  running: number | null
  total: number
}

export type Grouping = 'project' | 'host' | 'none'

export interface Listing {
  hosts: HostGroup[]
  /** In display order. */
  rows: ListRow[]
  total: number
  counts: Record<StateKind, number>
  filtered: boolean
}

/** What the table shows. The chips count the rows that pass all other filters: what a click would show. */
export function buildListing(
  fleet: Fleet,
  filter: ListFilter,
  grouping: Grouping,
  compare: RowComparator,
): Listing {
  const all = [...fleet.containers.values()].map(rowOf)
  const anyState = all.filter((row) => matches(row, { ...filter, kind: null }))
  const found = anyState.filter((row) => filter.kind === null || row.shown.kind === filter.kind).sort(compare)
  const hosts = grouping === 'none' ? [single(found)] : hostsOf(all, found, grouping)
  return {
    hosts,
    rows: hosts.flatMap((host) => host.groups.flatMap((group) => group.rows)),
    total: anyState.length,
    counts: countKinds(anyState),
    filtered: hasFilter(filter),
  }
}

function countKinds(all: readonly ListRow[]): Record<StateKind, number> {
  const counts = { running: 0, unhealthy: 0, restarting: 0, paused: 0, stopped: 0, unknown: 0 }
  for (const row of all) counts[row.shown.kind]++
  return counts
}

function single(found: ListRow[]): HostGroup {
  const group = { key: '', controller: '', project: null, rows: found, running: 0, total: found.length }
  return { controller: '', groups: [group], running: 0, total: found.length }
}

function hostsOf(all: ListRow[], found: ListRow[], grouping: Grouping): HostGroup[] {
  const projectOf = (row: ListRow) => (grouping === 'project' ? row.container.project : null)
  const whole = grouped(all, projectOf)
  const shown = grouped(found, projectOf)
  return [...shown.keys()].sort(compareNames).map((controller) => {
    const wholeHost = whole.get(controller)!
    const groups = [...shown.get(controller)!]
      .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : compareNames(a, b)))
      .map(([project, members]) => groupOf(controller, project, members, wholeHost.get(project)!))
    const everyone = [...wholeHost.values()].flat()
    return { controller, groups, running: countRunning(everyone), total: everyone.length }
  })
}

function groupOf(
  controller: string,
  project: string | null,
  members: ListRow[],
  everyone: ListRow[],
): ProjectGroup {
  return {
    key: `${controller}/${project ?? ''}`,
    controller,
    project,
    rows: members,
    running: countRunning(everyone),
    total: everyone.length,
  }
}

/** Null when the state of all is unknown. */
function countRunning(all: ListRow[]): number | null {
  if (all.every((row) => row.shown.kind === 'unknown')) return null
  return all.filter((row) => row.shown.kind === 'running').length
}

function grouped(all: ListRow[], projectOf: (row: ListRow) => string | null) {
  const hosts = new Map<string, Map<string | null, ListRow[]>>()
  for (const row of all) {
    const projects = getOr(hosts, row.container.controller, () => new Map<string | null, ListRow[]>())
    getOr(projects, projectOf(row), () => []).push(row)
  }
  return hosts
}

function getOr<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const value = fresh()
  map.set(key, value)
  return value
}
