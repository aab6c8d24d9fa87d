import type {
  Container,
  ContainersChanged,
  ContainerUpdate,
  ControllerStatus,
  EngineStatus,
  Frame,
  Removed,
} from '../../protocol/types'

/** A controller that is not connected, and since when, through all the attempts of one outage. */
export interface ControllerLink extends ControllerStatus {
  awaySince: string | null
}

/**
 * Everything the page knows of the containers: the last word of the relay, kept through outages. Immutable;
 * `applyFrame` makes the next one.
 */
export interface Fleet {
  /** False until the first list has come. */
  known: boolean
  containers: ReadonlyMap<string, Container>
  controllers: ReadonlyMap<string, ControllerLink>
  engines: ReadonlyMap<string, EngineStatus>
  /** Of the last list or delta; null when the relay does not count. */
  revision: number | null
  /** True when a delta was missed: the whole list has to be asked for again. */
  hole: boolean
  /** When it was heard, if that was before this page was opened; null for what this page has heard itself. */
  keptAt: number | null
}

export const NOTHING_KNOWN: Fleet = {
  known: false,
  containers: new Map(),
  controllers: new Map(),
  engines: new Map(),
  revision: null,
  hole: false,
  keptAt: null,
}

/** What a container is called on the page and in requests; names are unique on their controller. */
export function keyOf(container: { controller: string; name: string }): string {
  return container.controller === '' ? container.name : `${container.controller}/${container.name}`
}

export function applyFrame(fleet: Fleet, frame: Frame): Fleet {
  switch (frame.type) {
    case 'container_update':
      return wholeList(fleet, frame)
    case 'containers_changed':
      return delta(fleet, frame)
    case 'controller_status':
      return { ...fleet, controllers: withController(fleet.controllers, frame) }
    case 'engine_status':
      return { ...fleet, engines: new Map(fleet.engines).set(frame.controller, frame) }
    default:
      return fleet
  }
}

/** A new connection: what was said of engines may have changed meanwhile, and the relay says it again. */
export function reconnected(fleet: Fleet): Fleet {
  return { ...fleet, engines: new Map(), revision: null, hole: false }
}

function wholeList(fleet: Fleet, update: ContainerUpdate): Fleet {
  const engines = update.engines
    ? new Map(update.engines.map((engine) => [engine.controller, engine]))
    : fleet.engines
  return {
    known: true,
    containers: new Map(update.containers.map((container) => [keyOf(container), container])),
    controllers: update.controllers
      ? allControllers(fleet.controllers, update.controllers)
      : fleet.controllers,
    engines,
    revision: update.revision,
    hole: false,
    keptAt: null,
  }
}

function delta(fleet: Fleet, change: ContainersChanged): Fleet {
  if (fleet.hole || (fleet.revision !== null && change.revision <= fleet.revision)) return fleet
  const missed = !fleet.known || (fleet.revision !== null && change.revision !== fleet.revision + 1)
  if (missed) return { ...fleet, hole: true }
  const containers = new Map(fleet.containers)
  for (const gone of change.removed) remove(containers, gone)
  for (const container of change.containers) put(containers, container)
  return { ...fleet, containers, revision: change.revision }
}

/** A container that was created anew under a name may be in the list by then: only the one meant goes. */
function remove(containers: Map<string, Container>, gone: Removed): void {
  const there = containers.get(keyOf(gone))
  if (there && (gone.id === null || there.id === null || there.id === gone.id)) containers.delete(keyOf(gone))
}

/** A renamed container comes under its new name; its old entry goes. */
function put(containers: Map<string, Container>, container: Container): void {
  for (const [key, other] of containers) {
    const same =
      container.id !== null && other.id === container.id && other.controller === container.controller
    if (same && other.name !== container.name) containers.delete(key)
  }
  containers.set(keyOf(container), container)
}

function allControllers(before: Fleet['controllers'], statuses: ControllerStatus[]): Fleet['controllers'] {
  return new Map(statuses.map((status) => [status.controller, linkOf(before.get(status.controller), status)]))
}

function withController(before: Fleet['controllers'], status: ControllerStatus): Fleet['controllers'] {
  return new Map(before).set(status.controller, linkOf(before.get(status.controller), status))
}

function linkOf(before: ControllerLink | undefined, status: ControllerStatus): ControllerLink {
  const { controller, state, since, attempt, retry_in_ms } = status
  const awaySince = state === 'connected' ? null : (before?.awaySince ?? since)
  return { controller, state, since, attempt, retry_in_ms, awaySince }
}
