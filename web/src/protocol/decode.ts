import {
  decodeContainersChanged,
  decodeContainerUpdate,
  decodeController,
  decodeEngine,
  isActionName,
} from './container'
import {
  array,
  MalformedFrame,
  object,
  optionalId,
  optionalNumber,
  optionalText,
  shownText,
  text,
  type Json,
} from './fields'
import { decodeStats } from './stats'
import type { ActionFrame, Frame, LogSnapshot, NewLogs } from './types'

const ACTION_STATES = new Set(['accepted', 'done', 'failed'])

/**
 * Decodes a text frame from the relay and checks its shape; log lines are not checked one by one. Null when the type is
 * unknown. Without DOM, so that it runs in the worker.
 */
export function decodeFrame(frame: string): Frame | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(frame)
  } catch {
    throw new MalformedFrame('not JSON')
  }
  const json = object(parsed, 'frame')
  const type = text(json, 'type')
  return Object.hasOwn(DECODERS, type) ? DECODERS[type]!(json) : null
}

const DECODERS: Record<string, (json: Json) => Frame | null> = {
  container_update: decodeContainerUpdate,
  containers_changed: decodeContainersChanged,
  controller_status: (json) => ({ type: 'controller_status', ...decodeController(json) }),
  engine_status: (json) => ({ type: 'engine_status', ...decodeEngine(json) }),
  action: decodeAction,
  stats: decodeStats,
  log_snapshot: decodeSnapshot,
  new_logs: (json): NewLogs => ({ type: 'new_logs', ...logLines(json) }),
  log_gap: (json) => ({
    type: 'log_gap',
    ...logAddress(json),
    reason: optionalText(json, 'reason') ?? 'unknown',
    from: optionalText(json, 'from'),
    to: optionalText(json, 'to'),
    count: optionalNumber(json, 'count'),
  }),
  log_state: (json) => ({
    type: 'log_state',
    ...logAddress(json),
    state: text(json, 'state'),
    at: optionalText(json, 'at'),
    message: shownText(json, 'message'),
  }),
  error: (json) => ({
    type: 'error',
    code: optionalText(json, 'code') ?? 'unknown',
    message: shownText(json, 'message') ?? '',
    container: optionalText(json, 'container'),
    request: optionalText(json, 'request'),
    sub: optionalText(json, 'sub'),
  }),
  heartbeat: (json) => ({
    type: 'heartbeat',
    timestamp: optionalText(json, 'timestamp') ?? '',
    build: optionalText(json, 'build'),
  }),
  pong: (json) => ({
    type: 'pong',
    id: optionalId(json, 'id'),
    timestamp: optionalText(json, 'timestamp'),
  }),
}

function logAddress(json: Json) {
  return {
    container: text(json, 'container'),
    controller: optionalText(json, 'controller') ?? '',
    sub: optionalText(json, 'sub'),
  }
}

function logLines(json: Json) {
  return {
    ...logAddress(json),
    logs: array(json, 'logs') as string[],
    streams: optionalText(json, 'streams') ?? '',
    cursor: optionalText(json, 'cursor'),
  }
}

function decodeSnapshot(json: Json): LogSnapshot {
  return {
    type: 'log_snapshot',
    ...logLines(json),
    resumed: typeof json.resumed === 'boolean' ? json.resumed : null,
    more_before: json.more_before === true,
  }
}

function decodeAction(json: Json): ActionFrame | null {
  const action = text(json, 'action')
  const state = text(json, 'state')
  if (!isActionName(action) || !ACTION_STATES.has(state)) return null
  return {
    type: 'action',
    id: optionalId(json, 'id'),
    controller: optionalText(json, 'controller') ?? '',
    container: text(json, 'container'),
    action,
    state: state as ActionFrame['state'],
    at: optionalText(json, 'at'),
    message: shownText(json, 'message'),
    by: shownText(json, 'by'),
  }
}
