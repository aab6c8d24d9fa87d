import type {
  ContainersChanged,
  ContainerUpdate,
  ControllerStatus,
  EngineStatus,
  Frame,
} from '../../protocol/types'
import { applyChange, listOf, type ContainerList } from './containerList'
import { formerIdsOf, onPresentHost, type FormerIds } from './formerIds'

export interface KnownController extends ControllerStatus {
  /** When the outage began, through all attempts to connect; null while connected. */
  awaySince: string | null
}

/**
 * All that the page knows of containers, controllers and engines, as the relay reported it last; kept through
 * outages. Immutable: `applyFrame` makes the next one.
 */
export interface Fleet {
  /** False until the first list has arrived. */
  known: boolean
  containers: ContainerList
  controllers: ReadonlyMap<string, KnownController>
  engines: ReadonlyMap<string, EngineStatus>
  former: FormerIds
  /** Of the last list or change; null when the relay does not number them. */
  revision: number | null
  /** True after a change was missed: the page has to request the whole list. */
  missedChange: boolean
  /** When the list was saved in this browser; null when it came from the relay. */
  savedAt: number | null
  /** What the reader may do everywhere; absent when that is everything. */
  rights?: readonly string[]
}

export const EMPTY_FLEET: Fleet = {
  known: false,
  containers: new Map(),
  controllers: new Map(),
  engines: new Map(),
  former: new Map(),
  revision: null,
  missedChange: false,
  savedAt: null,
}

export function applyFrame(fleet: Fleet, frame: Frame): Fleet {
  switch (frame.type) {
    case 'container_update':
      return withList(fleet, frame)
    case 'containers_changed':
      return withChange(fleet, frame)
    case 'controller_status':
      return withController(fleet, frame)
    case 'engine_status':
      return { ...fleet, engines: new Map(fleet.engines).set(frame.controller, frame) }
    default:
      return fleet
  }
}

/** After a new connection the state of the engines is unknown; the relay sends it again. */
export function reconnected(fleet: Fleet): Fleet {
  return { ...fleet, engines: new Map(), revision: null, missedChange: false }
}

function withList(fleet: Fleet, update: ContainerUpdate): Fleet {
  const { engines } = update
  const controllers = update.controllers
    ? allControllers(fleet.controllers, update.controllers)
    : fleet.controllers
  return {
    known: true,
    containers: listOf(update.containers),
    controllers,
    engines: listedOnly(
      engines ? new Map(engines.map((engine) => [engine.controller, engine])) : fleet.engines,
      controllers,
    ),
    former: formerIdsOf(controllers.values()),
    revision: update.revision,
    missedChange: false,
    savedAt: null,
    ...(update.rights ? { rights: update.rights } : {}),
  }
}

function withChange(fleet: Fleet, change: ContainersChanged): Fleet {
  if (fleet.missedChange || (fleet.revision !== null && change.revision <= fleet.revision)) return fleet
  const missed = !fleet.known || (fleet.revision !== null && change.revision !== fleet.revision + 1)
  if (missed) return { ...fleet, missedChange: true }
  return { ...fleet, containers: applyChange(fleet.containers, change), revision: change.revision }
}

function allControllers(before: Fleet['controllers'], statuses: ControllerStatus[]): Fleet['controllers'] {
  return new Map(statuses.map((status) => [status.controller, next(before, status)]))
}

/** What is known of a host that returns under another id goes on under that id. */
function withController(fleet: Fleet, status: ControllerStatus): Fleet {
  const controllers = new Map(fleet.controllers)
  for (const id of status.replaces ?? []) controllers.delete(id)
  controllers.set(status.controller, next(fleet.controllers, status))
  const former = formerIdsOf(controllers.values())
  const all = [...fleet.containers.values()]
  const moved = all.some(({ controller }) => former.has(controller))
  const containers = moved ? listOf(all.map((one) => onPresentHost(former, one))) : fleet.containers
  return { ...fleet, controllers, former, containers, engines: listedOnly(fleet.engines, controllers) }
}

/** The engine of a host that was dismissed, or has another id, is no longer of interest. */
function listedOnly(engines: Fleet['engines'], controllers: Fleet['controllers']): Fleet['engines'] {
  if (controllers.size === 0) return engines
  return new Map([...engines].filter(([controller]) => controllers.has(controller)))
}

function next(before: Fleet['controllers'], status: ControllerStatus): KnownController {
  const { controller, state, since, attempt, retry_in_ms, features, allow, replaces, message } = status
  const { labels, link: measured } = status
  const awaySince = state === 'connected' ? null : (before.get(controller)?.awaySince ?? since)
  const link = { controller, state, since, attempt, retry_in_ms, features, awaySince }
  return {
    ...link,
    ...(allow ? { allow } : {}),
    ...(replaces ? { replaces } : {}),
    ...(message ? { message } : {}),
    ...(labels ? { labels } : {}),
    ...(measured ? { link: measured } : {}),
  }
}
