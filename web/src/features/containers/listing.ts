import type { Container } from '../../protocol/types'
import { keyOf, type Fleet } from './fleet'
import { shownState, type Kind, type ShownState } from './state'

export interface Row {
  key: string
  container: Container
  shown: ShownState
}

export interface Group {
  controller: string
  rows: Row[]
  /** Of all its containers, whatever the filter. */
  running: number
  total: number
}

export interface Filter {
  text: string
  /** Null: all of them. */
  kind: Kind | null
}

export interface Listing {
  groups: Group[]
  total: number
  matching: number
  counts: Record<Kind, number>
}

/** What the table shows: filtered, grouped by controller, by name within; in an order that state never changes. */
export function listing(fleet: Fleet, filter: Filter): Listing {
  const rows = [...fleet.containers.values()].map(rowOf)
  const counts: Listing['counts'] = {
    running: 0,
    unhealthy: 0,
    restarting: 0,
    paused: 0,
    stopped: 0,
    unknown: 0,
  }
  for (const row of rows) counts[row.shown.kind]++
  const found = rows.filter((row) => matches(row, filter)).sort(byName)
  const controllers = [...new Set(rows.map((row) => row.container.controller))].sort()
  return {
    groups: controllers
      .map((controller) => groupOf(controller, rows, found))
      .filter((group) => group.rows.length > 0),
    total: rows.length,
    matching: found.length,
    counts,
  }
}

function rowOf(container: Container): Row {
  return { key: keyOf(container), container, shown: shownState(container) }
}

function groupOf(controller: string, all: Row[], found: Row[]): Group {
  const of = (row: Row) => row.container.controller === controller
  return {
    controller,
    rows: found.filter(of),
    running: all.filter((row) => of(row) && row.shown.kind === 'running').length,
    total: all.filter(of).length,
  }
}

function matches(row: Row, filter: Filter): boolean {
  if (filter.kind !== null && row.shown.kind !== filter.kind) return false
  const wanted = filter.text.trim().toLowerCase()
  if (wanted === '') return true
  const { name, full_name, image, id, project } = row.container
  return [name, full_name, image, id, project].some((field) => field?.toLowerCase().includes(wanted))
}

function byName(a: Row, b: Row): number {
  return a.container.name.localeCompare(b.container.name, undefined, { numeric: true })
}
