import {
  array,
  object,
  optionalArray,
  optionalId,
  optionalNumber,
  optionalText,
  shownText,
  text,
  type Json,
} from './fields'
import { decodeLinkAndLabels } from './link'
import type {
  ActionInProgress,
  ActionName,
  Actions,
  Change,
  Container,
  ContainersChanged,
  ContainerUpdate,
  ControllerStatus,
  EngineStatus,
  Health,
  Port,
} from './types'

const HEALTH = new Set(['starting', 'healthy', 'unhealthy'])

function health(value: unknown): Health | null {
  return typeof value === 'string' && HEALTH.has(value) ? (value as Health) : null
}

function actions(value: unknown): Actions | null {
  if (typeof value !== 'object' || value === null) return null
  const json = value as Json
  return {
    start: shownText(json, 'start'),
    stop: shownText(json, 'stop'),
    restart: shownText(json, 'restart'),
  }
}

const ACTION_NAMES: ReadonlySet<string> = new Set<ActionName>(['start', 'stop', 'restart', 'kill'])

export function isActionName(value: unknown): value is ActionName {
  return typeof value === 'string' && ACTION_NAMES.has(value)
}

function actionInProgress(value: unknown): ActionInProgress | null {
  if (typeof value !== 'object' || value === null) return null
  const json = value as Json
  if (!isActionName(json.action)) return null
  return {
    action: json.action,
    by: shownText(json, 'by'),
    since: optionalText(json, 'since'),
    grace: optionalNumber(json, 'grace'),
    waiting: Array.isArray(json.waiting) ? json.waiting.filter(isActionName) : [],
  }
}

function restartLoop(value: unknown): Container['restart_loop'] {
  if (typeof value !== 'object' || value === null) return null
  return { exit_code: optionalNumber(value as Json, 'exit_code') }
}

/** Absent where everything is allowed. */
function rights(json: Json): { rights?: readonly string[] } {
  return Array.isArray(json.rights) ? { rights: json.rights.map(String) } : {}
}

function port(value: unknown): Port {
  const json = object(value, 'port')
  return {
    ip: optionalText(json, 'ip'),
    private_port: optionalNumber(json, 'private_port') ?? 0,
    public_port: optionalNumber(json, 'public_port'),
    type: optionalText(json, 'type') ?? 'tcp',
  }
}

export function decodeContainer(value: unknown): Container {
  const json = object(value, 'container')
  const name = text(json, 'name')
  return {
    name,
    full_name: optionalText(json, 'full_name') ?? name,
    status: text(json, 'status'),
    status_detail: shownText(json, 'status_detail') ?? '',
    running: json.running === true,
    health: health(json.health),
    id: optionalText(json, 'id'),
    created: json.created !== false,
    controller: optionalText(json, 'controller') ?? '',
    image: shownText(json, 'image'),
    project: optionalText(json, 'project'),
    service: shownText(json, 'service'),
    started_at: optionalText(json, 'started_at'),
    finished_at: optionalText(json, 'finished_at'),
    exit_code: optionalNumber(json, 'exit_code'),
    oom_killed: json.oom_killed === true,
    restart_count: optionalNumber(json, 'restart_count'),
    ports: optionalArray(json, 'ports').map(port),
    cpu_limit: optionalNumber(json, 'cpu_limit'),
    image_id: optionalText(json, 'image_id'),
    restart_loop: restartLoop(json.restart_loop),
    error: shownText(json, 'error'),
    actions: actions(json.actions),
    action: actionInProgress(json.action),
    end_requested: typeof json.end_requested === 'boolean' ? json.end_requested : null,
    last_status: optionalText(json, 'last_status'),
    last_health: health(json.last_health),
    as_of: optionalText(json, 'as_of'),
    ...rights(json),
  }
}

export function decodeChange(value: unknown): Change {
  const json = object(value, 'change')
  return {
    name: text(json, 'name'),
    controller: optionalText(json, 'controller') ?? '',
    id: optionalText(json, 'id'),
    previousStatus: optionalText(json, 'previousStatus'),
    previousHealth: health(json.previousHealth),
    currentStatus: optionalText(json, 'currentStatus') ?? '',
    currentHealth: health(json.currentHealth),
    reason: optionalText(json, 'reason'),
    exitCode: optionalNumber(json, 'exitCode'),
    at: optionalText(json, 'at'),
  }
}

export function decodeController(value: unknown): ControllerStatus {
  const json = object(value, 'controller')
  const message = shownText(json, 'message')
  return {
    controller: text(json, 'controller'),
    state: text(json, 'state'),
    since: optionalText(json, 'since'),
    attempt: optionalNumber(json, 'attempt'),
    retry_in_ms: optionalNumber(json, 'retry_in_ms'),
    features: Array.isArray(json.features) ? json.features.map(String) : null,
    ...(Array.isArray(json.allow) ? { allow: json.allow.map(String) } : {}),
    ...(Array.isArray(json.replaces) ? { replaces: json.replaces.map(String) } : {}),
    ...(message === null ? {} : { message }),
    ...decodeLinkAndLabels(json),
  }
}

export function decodeEngine(value: unknown): EngineStatus {
  const json = object(value, 'engine')
  return {
    controller: optionalText(json, 'controller') ?? '',
    available: json.available === true,
    since: optionalText(json, 'since'),
    message: shownText(json, 'message'),
  }
}

export function decodeContainerUpdate(json: Json): ContainerUpdate {
  return {
    type: 'container_update',
    timestamp: optionalText(json, 'timestamp') ?? '',
    containers: array(json, 'containers').map(decodeContainer),
    changes: optionalArray(json, 'changes').map(decodeChange),
    controllers: Array.isArray(json.controllers) ? json.controllers.map(decodeController) : null,
    engines: Array.isArray(json.engines) ? json.engines.map(decodeEngine) : null,
    revision: optionalNumber(json, 'revision'),
    ...rights(json),
  }
}

function decodeRemoved(value: unknown) {
  const json = object(value, 'removed')
  return {
    controller: optionalText(json, 'controller') ?? '',
    id: optionalId(json, 'id'),
    name: text(json, 'name'),
  }
}

export function decodeContainersChanged(json: Json): ContainersChanged {
  return {
    type: 'containers_changed',
    timestamp: optionalText(json, 'timestamp') ?? '',
    revision: optionalNumber(json, 'revision') ?? 0,
    containers: array(json, 'containers').map(decodeContainer),
    removed: optionalArray(json, 'removed').map(decodeRemoved),
    changes: optionalArray(json, 'changes').map(decodeChange),
  }
}
