import { array, object, optionalArray, optionalNumber, optionalText, text, type Json } from './fields'
import type { HostSize, Stats, StatsItem } from './types'

export function decodeStats(json: Json): Stats {
  return {
    type: 'stats',
    at: text(json, 'at'),
    items: array(json, 'items').map(item),
    hosts: optionalArray(json, 'hosts').map(decodeHost),
  }
}

function item(value: unknown): StatsItem {
  const json = object(value, 'item')
  return {
    controller: optionalText(json, 'controller') ?? '',
    container: text(json, 'container'),
    id: optionalText(json, 'id'),
    cpu_cores: optionalNumber(json, 'cpu_cores'),
    memory_bytes: optionalNumber(json, 'memory_bytes'),
    memory_limit: optionalNumber(json, 'memory_limit'),
    rx_bytes: optionalNumber(json, 'rx_bytes'),
    tx_bytes: optionalNumber(json, 'tx_bytes'),
    read_bytes: optionalNumber(json, 'read_bytes'),
    write_bytes: optionalNumber(json, 'write_bytes'),
  }
}

export function decodeHost(value: unknown): HostSize {
  const json = object(value, 'host')
  return {
    controller: optionalText(json, 'controller') ?? '',
    cpus: optionalNumber(json, 'cpus'),
    memory_total: optionalNumber(json, 'memory_total'),
    refusal: optionalText(json, 'refusal'),
  }
}
