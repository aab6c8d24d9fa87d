import { array, object, optionalArray, optionalNumber, shownText, text, type Json } from './fields'
import { printable } from '../logs/text/plainText'

/** The details of a container, from `GET …/details`. A masked value never leaves the controller. */
export interface Details {
  image: string | null
  image_id: string | null
  created_at: string | null
  entrypoint: string[]
  command: string[]
  working_dir: string | null
  user: string | null
  hostname: string | null
  restart_policy: string | null
  logging_driver: string | null
  stop_signal: string | null
  memory_limit: number | null
  cpu_limit: number | null
  pids_limit: number | null
  environment: Pair[]
  labels: Pair[]
  mounts: Mount[]
  networks: Network[]
  health: HealthCheck | null
}

export interface Pair {
  name: string
  value: string | null
  masked: boolean
}

export interface Mount {
  type: string
  name: string | null
  source: string | null
  destination: string
  read_only: boolean
}

export interface Network {
  name: string
  ip: string | null
  ipv6: string | null
  gateway: string | null
  mac: string | null
  aliases: string[]
}

export interface HealthCheck {
  status: string
  failing_streak: number
  test: string[]
  interval_ms: number | null
  /** Oldest first; the engine keeps only a few. */
  probes: Probe[]
}

export interface Probe {
  started_at: string | null
  ended_at: string | null
  exit_code: number | null
  output: string
}

export function decodeDetails(value: unknown): Details {
  const json = object(value, 'details')
  return {
    image: shownText(json, 'image'),
    image_id: shownText(json, 'image_id'),
    created_at: shownText(json, 'created_at'),
    entrypoint: texts(json, 'entrypoint'),
    command: texts(json, 'command'),
    working_dir: shownText(json, 'working_dir'),
    user: shownText(json, 'user'),
    hostname: shownText(json, 'hostname'),
    restart_policy: shownText(json, 'restart_policy'),
    logging_driver: shownText(json, 'logging_driver'),
    stop_signal: shownText(json, 'stop_signal'),
    memory_limit: optionalNumber(json, 'memory_limit'),
    cpu_limit: optionalNumber(json, 'cpu_limit'),
    pids_limit: optionalNumber(json, 'pids_limit'),
    environment: array(json, 'environment').map(pair),
    labels: array(json, 'labels').map(pair),
    mounts: array(json, 'mounts').map(mount),
    networks: array(json, 'networks').map(network),
    health: json.health == null ? null : healthCheck(object(json.health, 'health')),
  }
}

function pair(value: unknown): Pair {
  const json = object(value, 'pair')
  return {
    name: printable(text(json, 'name')),
    value: shownText(json, 'value'),
    masked: json.masked === true,
  }
}

function mount(value: unknown): Mount {
  const json = object(value, 'mount')
  return {
    type: shownText(json, 'type') ?? '',
    name: shownText(json, 'name'),
    source: shownText(json, 'source'),
    destination: printable(text(json, 'destination')),
    read_only: json.read_only === true,
  }
}

function network(value: unknown): Network {
  const json = object(value, 'network')
  return {
    name: printable(text(json, 'name')),
    ip: shownText(json, 'ip'),
    ipv6: shownText(json, 'ipv6'),
    gateway: shownText(json, 'gateway'),
    mac: shownText(json, 'mac'),
    aliases: texts(json, 'aliases'),
  }
}

function healthCheck(json: Json): HealthCheck {
  return {
    status: shownText(json, 'status') ?? '',
    failing_streak: optionalNumber(json, 'failing_streak') ?? 0,
    test: texts(json, 'test'),
    interval_ms: optionalNumber(json, 'interval_ms'),
    probes: optionalArray(json, 'probes').map(probe),
  }
}

function probe(value: unknown): Probe {
  const json = object(value, 'probe')
  return {
    started_at: shownText(json, 'started_at'),
    ended_at: shownText(json, 'ended_at'),
    exit_code: optionalNumber(json, 'exit_code'),
    output: shownText(json, 'output') ?? '',
  }
}

function texts(json: Json, field: string): string[] {
  return optionalArray(json, field)
    .filter((value) => typeof value === 'string')
    .map(printable)
}
