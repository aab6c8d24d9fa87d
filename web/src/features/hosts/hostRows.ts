import type { Enrolment, ListedHost } from '../../connection/hosts'
import type { HostLabels, LinkMeasure } from '../../protocol/link'
import type { Fleet, KnownController } from '../../state/containers/fleet'
import { hostOutage } from '../../state/containers/hosts'
import { compareNames } from '../../ui/names'
import { instant } from '../../ui/time'

/** `connected`, `connecting` and `waiting` as the relay says; `engine`: only its engine is silent; `unmet`: never heard of. */
export type HostState = 'connected' | 'engine' | 'connecting' | 'waiting' | 'unmet'

/** A line of the page: a controller that the page knows, a host that the relay lists, or both. Times in ms, of the relay. */
export interface HostRow {
  key: string
  /** The controller's id, or the host's name while there is none. */
  name: string
  /** What the relay calls it, if that is something else than its id and its address; null otherwise. */
  alias: string | null
  controller: string | null
  state: HostState
  /** When this state began; null when that is not known. */
  since: number | null
  link: LinkMeasure | null
  labels: HostLabels
  /** Null while the controller is not known. */
  containers: number | null
  lastContact: number | null
  problem: string | null
  /** Null for a controller that is on the bus, and for a relay that does not say. */
  source: string | null
  url: string | null
  /** The name by which the relay lists it, if the page may remove it. */
  removable: string | null
  /** The enrolment by which it connects, if that can be revoked. */
  enrolment: string | null
}

/** All hosts, by name. @param listed null while it is not known, or for a relay without such a list */
export function hostRows(
  fleet: Fleet,
  listed: readonly ListedHost[] | null,
  enrolments: readonly Enrolment[],
): HostRow[] {
  const counts = new Map<string, number>()
  for (const { controller } of fleet.containers.values())
    counts.set(controller, (counts.get(controller) ?? 0) + 1)
  const known = [...fleet.controllers.values()].map((link) => {
    const host = listed?.find((one) => isOf(one, link)) ?? null
    return rowOfLink(fleet, link, host, counts.get(link.controller) ?? 0, enrolments)
  })
  const unmet = (listed ?? [])
    .filter((host) => ![...fleet.controllers.values()].some((link) => isOf(host, link)))
    .map((host) => rowOfHost(host, enrolments))
  return [...known, ...unmet].sort((a, b) => compareNames(a.name, b.name))
}

/** A controller that has not told its id is listed by host and port, as its URL says. */
function isOf(host: ListedHost, { controller, replaces }: KnownController): boolean {
  if (host.controller !== null)
    return host.controller === controller || (replaces?.includes(host.controller) ?? false)
  return host.name === controller || (host.url !== null && addressOf(host.url) === controller)
}

function addressOf(url: string): string | null {
  try {
    const { hostname, port, protocol } = new URL(url)
    return `${hostname}:${port || (protocol === 'wss:' || protocol === 'https:' ? '443' : '80')}`
  } catch {
    return null
  }
}

function rowOfLink(
  fleet: Fleet,
  link: KnownController,
  host: ListedHost | null,
  containers: number,
  enrolments: readonly Enrolment[],
): HostRow {
  const outage = hostOutage(fleet, link.controller)
  const state = outage?.what === 'engine' ? 'engine' : stateOf(link.state)
  const enrolment = enrolmentOf(enrolments, link.controller)
  const engine = fleet.engines.get(link.controller)?.message ?? null
  return {
    ...whereFrom(host, enrolment),
    key: link.controller,
    name: host !== null && host.controller === null ? host.name : link.controller,
    alias: aliasOf(host, link.controller),
    controller: link.controller,
    state,
    since: instant(outage?.since ?? link.since),
    link: link.link ?? null,
    labels: link.labels ?? host?.labels ?? {},
    containers,
    lastContact: host?.lastContact ?? enrolment?.lastContact ?? null,
    problem: state === 'engine' ? engine : (link.message ?? host?.problem ?? null),
  }
}

function rowOfHost(host: ListedHost, enrolments: readonly Enrolment[]): HostRow {
  return {
    ...whereFrom(host, enrolmentOf(enrolments, host.controller)),
    key: `listed ${host.name}`,
    name: host.controller ?? host.name,
    alias: aliasOf(host, host.controller),
    controller: host.controller,
    state: 'unmet',
    since: null,
    link: null,
    labels: host.labels,
    containers: null,
    lastContact: host.lastContact,
    problem: host.problem,
  }
}

/** A host without a known controller has its name as title. */
function aliasOf(host: ListedHost | null, controller: string | null): string | null {
  if (host === null || host.controller === null || host.name === controller) return null
  return host.url !== null && addressOf(host.url) === host.name ? null : host.name
}

function whereFrom(host: ListedHost | null, enrolment: Enrolment | null) {
  const source = host?.source ?? null
  return {
    source,
    url: host?.url ?? null,
    removable: host !== null && (source === 'page' || source === 'enrolled') ? host.name : null,
    enrolment: enrolment?.id ?? null,
  }
}

function enrolmentOf(enrolments: readonly Enrolment[], controller: string | null): Enrolment | null {
  return (
    enrolments.find((one) => controller !== null && one.controller === controller && !one.revoked) ?? null
  )
}

function stateOf(state: string): HostState {
  return state === 'connected' || state === 'connecting' ? state : 'waiting'
}
