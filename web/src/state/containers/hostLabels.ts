import type { HostLabels } from '../../protocol/link'
import { compareNames } from '../../ui/names'
import type { Fleet } from './fleet'

const NONE: HostLabels = {}

export function labelsOf(fleet: Fleet, controller: string): HostLabels {
  return fleet.controllers.get(controller)?.labels ?? NONE
}

/** All labels of all hosts: the values by name, both sorted. */
export function knownLabels(fleet: Fleet): [name: string, values: string[]][] {
  const known = new Map<string, Set<string>>()
  for (const { labels } of fleet.controllers.values())
    for (const [name, value] of Object.entries(labels ?? NONE)) {
      const values = known.get(name) ?? new Set()
      known.set(name, values.add(value))
    }
  return [...known]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([name, values]) => [name, [...values].sort(compareNames)])
}

/** The notation of a label, in addresses and on the page. */
export function labelText(name: string, value: string): string {
  return `${name}=${value}`
}

/** Whether a host has, of each name that is asked for, one of its values. */
export function hasLabels(labels: HostLabels, asked: readonly string[]): boolean {
  const names = new Set(asked.map(nameOf))
  return [...names].every((name) => name in labels && asked.includes(labelText(name, labels[name]!)))
}

function nameOf(label: string): string {
  const at = label.indexOf('=')
  return at < 0 ? label : label.slice(0, at)
}
