import { compareNames } from '../../ui/names'
import type { Fleet } from '../../state/containers/fleet'
import { labelsOf } from '../../state/containers/hostLabels'
import { labelOfGrouping, type Grouping } from './grouping'
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

/** A part of the list above hosts: a project, or a value of a label. */
export interface Section {
  key: string
  of: 'project' | 'label'
  /** The project or the value; null for what has none. */
  name: string | null
  /** As in a group. */
  running: number | null
  total: number
  hosts: number
}

/** A host with its groups; one group when the list is not grouped by project. */
export interface HostGroup {
  /** Differs from that of each other host, and of the same host in another section. */
  key: string
  controller: string
  /** The section that begins with this host; null for none. */
  section: Section | null
  groups: ProjectGroup[]
  /** As in a group. */
  running: number | null
  total: number
}

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
  const labels = (row: ListRow) => labelsOf(fleet, row.container.controller)
  const anyState = all.filter((row) => matches(row, { ...filter, kind: null }, labels(row)))
  const found = anyState.filter((row) => filter.kind === null || row.shown.kind === filter.kind).sort(compare)
  const hosts = groupsOf(fleet, all, found, grouping)
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

function groupsOf(fleet: Fleet, all: ListRow[], found: ListRow[], grouping: Grouping): HostGroup[] {
  const label = labelOfGrouping(grouping)
  if (label !== null)
    return sections('label', all, found, (row) => labelsOf(fleet, row.container.controller)[label] ?? null)
  if (grouping === 'projects') return sections('project', all, found, (row) => row.container.project)
  return grouping === 'none' ? [single(found)] : hostsOf(all, found, grouping)
}

/** The hosts of each section, those of rows without one last. */
function sections(
  of: Section['of'],
  all: ListRow[],
  found: ListRow[],
  nameOf: (row: ListRow) => string | null,
): HostGroup[] {
  const whole = groupedBy(all, nameOf)
  const shown = groupedBy(found, nameOf)
  return [...shown.keys()].sort(lastWithout).flatMap((name) => {
    const everyone = whole.get(name)!
    const key = `${of} ${name ?? ''}`
    const hosts = hostsOf(everyone, shown.get(name)!, 'host').map((host) => ({
      ...host,
      key: `${key}/${host.controller}`,
    }))
    const section: Section = {
      key,
      of,
      name,
      running: countRunning(everyone),
      total: everyone.length,
      hosts: new Set(everyone.map((row) => row.container.controller)).size,
    }
    hosts[0]!.section = section
    return hosts
  })
}

function lastWithout(a: string | null, b: string | null): number {
  return a === null ? 1 : b === null ? -1 : compareNames(a, b)
}

function single(found: ListRow[]): HostGroup {
  const group = { key: '', controller: '', project: null, rows: found, running: 0, total: found.length }
  return { key: '', controller: '', section: null, groups: [group], running: 0, total: found.length }
}

function hostsOf(all: ListRow[], found: ListRow[], grouping: Grouping): HostGroup[] {
  const projectOf = (row: ListRow) => (grouping === 'project' ? row.container.project : null)
  const whole = grouped(all, projectOf)
  const shown = grouped(found, projectOf)
  return [...shown.keys()].sort(compareNames).map((controller) => {
    const wholeHost = whole.get(controller)!
    const groups = [...shown.get(controller)!]
      .sort(([a], [b]) => lastWithout(a, b))
      .map(([project, members]) => groupOf(controller, project, members, wholeHost.get(project)!))
    const everyone = [...wholeHost.values()].flat()
    return {
      key: controller,
      controller,
      section: null,
      groups,
      running: countRunning(everyone),
      total: everyone.length,
    }
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

function groupedBy(all: readonly ListRow[], nameOf: (row: ListRow) => string | null) {
  const groups = new Map<string | null, ListRow[]>()
  for (const row of all) getOr(groups, nameOf(row), () => []).push(row)
  return groups
}

function getOr<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const value = fresh()
  map.set(key, value)
  return value
}
