import { array, object, optionalNumber, optionalText, text, type Json } from './fields'
import { decodeHost } from './stats'
import type { HostSize } from './types'

/** A value over time, a number per step; null where nothing was measured. */
export interface LoadColumn {
  mean: (number | null)[]
  max: (number | null)[]
}

/** The past load of a container, from `GET …/stats/history`. */
export interface LoadHistory {
  /** The beginning of the first step. */
  since: string
  step_ms: number
  host: HostSize | null
  memory_limit: number | null
  cpu_cores: LoadColumn
  memory_bytes: LoadColumn
  /** In bytes per second; the three others too. */
  rx_bytes: LoadColumn
  tx_bytes: LoadColumn
  read_bytes: LoadColumn
  write_bytes: LoadColumn
}

/** The last hour of the containers of one controller, from `GET api/stats/history`. */
export interface RecentLoad {
  controller: string
  since: string
  step_ms: number
  host: HostSize | null
  items: RecentItem[]
}

export interface RecentItem {
  container: string
  memory_limit: number | null
  cpu_cores: (number | null)[]
  memory_bytes: (number | null)[]
}

export function decodeLoadHistory(value: unknown): LoadHistory {
  const json = object(value, 'load history')
  return {
    since: text(json, 'since'),
    step_ms: step(json),
    host: hostOf(json),
    memory_limit: optionalNumber(json, 'memory_limit'),
    cpu_cores: column(json, 'cpu_cores'),
    memory_bytes: column(json, 'memory_bytes'),
    rx_bytes: column(json, 'rx_bytes'),
    tx_bytes: column(json, 'tx_bytes'),
    read_bytes: column(json, 'read_bytes'),
    write_bytes: column(json, 'write_bytes'),
  }
}

export function decodeRecentLoads(value: unknown): RecentLoad[] {
  return array(object(value, 'recent load'), 'controllers').map(recent)
}

function recent(value: unknown): RecentLoad {
  const json = object(value, 'recent load')
  return {
    controller: optionalText(json, 'controller') ?? '',
    since: text(json, 'since'),
    step_ms: step(json),
    host: hostOf(json),
    items: array(json, 'items').map(item),
  }
}

function item(value: unknown): RecentItem {
  const json = object(value, 'item')
  return {
    container: text(json, 'container'),
    memory_limit: optionalNumber(json, 'memory_limit'),
    cpu_cores: numbers(json, 'cpu_cores'),
    memory_bytes: numbers(json, 'memory_bytes'),
  }
}

function column(json: Json, field: string): LoadColumn {
  const pair = object(json[field], field)
  return { mean: numbers(pair, 'mean'), max: numbers(pair, 'max') }
}

function numbers(json: Json, field: string): (number | null)[] {
  return array(json, field).map((value) => (typeof value === 'number' ? value : null))
}

/** A minute when it makes no sense. */
function step(json: Json): number {
  return Math.max(1, optionalNumber(json, 'step_ms') ?? 60_000)
}

function hostOf(json: Json): HostSize | null {
  return json.host == null ? null : decodeHost(json.host)
}
