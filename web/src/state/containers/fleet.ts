import type {
  ContainersChanged,
  ContainerUpdate,
  ControllerStatus,
  EngineStatus,
  Frame,
} from '../../protocol/types'
import { applyChange, listOf, type ContainerList } from './containerList'

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
  /** Of the last list or change; null when the relay does not number them. */
  revision: number | null
  /** True after a change was missed: the page has to request the whole list. */
  missedChange: boolean
  /** When the list was saved in this browser; null when it came from the relay. */
  savedAt: number | null
}

export const EMPTY_FLEET: Fleet = {
  known: false,
  containers: new Map(),
  controllers: new Map(),
  engines: new Map(),
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
      return { ...fleet, controllers: withController(fleet.controllers, frame) }
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
  const { controllers, engines } = update
  return {
    known: true,
    containers: listOf(update.containers),
    controllers: controllers ? allControllers(fleet.controllers, controllers) : fleet.controllers,
    engines: engines ? new Map(engines.map((engine) => [engine.controller, engine])) : fleet.engines,
    revision: update.revision,
    missedChange: false,
    savedAt: null,
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

function withController(before: Fleet['controllers'], status: ControllerStatus): Fleet['controllers'] {
  return new Map(before).set(status.controller, next(before, status))
}

function next(before: Fleet['controllers'], status: ControllerStatus): KnownController {
  const { controller, state, since, attempt, retry_in_ms, features } = status
  const awaySince = state === 'connected' ? null : (before.get(controller)?.awaySince ?? since)
  return { controller, state, since, attempt, retry_in_ms, features, awaySince }
}
