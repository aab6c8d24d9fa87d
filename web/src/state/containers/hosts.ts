import { compareNames } from '../../ui/names'
import type { Fleet } from './fleet'

/** Why the state of a host's containers is unknown, and since when. */
export interface HostOutage {
  what: 'controller' | 'engine'
  since: string | null
}

export function hostOutage(fleet: Fleet, controller: string): HostOutage | null {
  const link = fleet.controllers.get(controller)
  if (link && link.state !== 'connected') return { what: 'controller', since: link.awaySince }
  const engine = fleet.engines.get(controller)
  return engine && !engine.available ? { what: 'engine', since: engine.since } : null
}

/** All hosts: the controllers, and the controllers that containers name. Sorted. */
export function hostNames(fleet: Fleet): string[] {
  const names = new Set(fleet.controllers.keys())
  for (const container of fleet.containers.values()) names.add(container.controller)
  names.delete('')
  return [...names].sort(compareNames)
}
