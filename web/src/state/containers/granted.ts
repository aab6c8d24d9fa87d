import type { Fleet } from './fleet'
import { PERMISSIONS } from './roles'

/** What the reader may do with the containers that exist for them now. */
export interface Granted {
  containers: number
  /** With each of them. */
  common: readonly string[]
  /** With some of them only. */
  more: readonly string[]
  /** All of them belong to these projects; empty when one belongs to none. Sorted. */
  projects: readonly string[]
}

/** Those of a container; the others are rights on the relay itself. */
const OF_CONTAINER = PERMISSIONS.slice(0, PERMISSIONS.indexOf('audit'))

export function grantedOn({ containers }: Fleet): Granted {
  const all = [...containers.values()]
  const may = (permission: string) =>
    all.filter(({ rights }) => rights === undefined || rights.includes(permission)).length
  const projects = all.map(({ project }) => project)
  return {
    containers: all.length,
    common: all.length === 0 ? [] : OF_CONTAINER.filter((one) => may(one) === all.length),
    more: OF_CONTAINER.filter((one) => may(one) > 0 && may(one) < all.length),
    projects: projects.includes(null) ? [] : [...new Set(projects as string[])].sort(),
  }
}
