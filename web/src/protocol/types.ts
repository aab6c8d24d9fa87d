/**
 * The messages between relay and page (docs/protocol.md, sections 1 to 3). Field names are those on the wire. Fields
 * that v1 always sends are required here; additive fields may be null.
 */

import type { HostLabels, LinkMeasure } from './link'

/** Docker's states, and ours: not-created, unknown, removed. Show any other state as it is. */
type ContainerStatus = string

export type Health = 'starting' | 'healthy' | 'unhealthy'

export type ActionName = 'start' | 'stop' | 'restart' | 'kill'

export interface Port {
  ip: string | null
  private_port: number
  /** Null when only other containers can reach it. */
  public_port: number | null
  type: string
}

/** What a container's state allows or not. It can be killed when it can be stopped. */
export type StateAction = Exclude<ActionName, 'kill'>

/** Per action: null when it is possible now, else the reason. */
export type Actions = Record<StateAction, string | null>

/** An action that has begun on a container and has not ended. */
export interface ActionInProgress {
  action: ActionName
  by: string | null
  since: string | null
  /** Seconds from the beginning of a stop or restart until the engine kills the container; null when it never does. */
  grace: number | null
  /** The actions on the container that begin when those in progress have ended, in their order. */
  waiting: readonly ActionName[]
}

export interface Container {
  name: string
  full_name: string
  status: ContainerStatus
  status_detail: string
  running: boolean
  health: Health | null
  id: string | null
  created: boolean
  /** Empty when the relay (v1) does not name it. */
  controller: string
  image: string | null
  project: string | null
  service: string | null
  started_at: string | null
  finished_at: string | null
  exit_code: number | null
  oom_killed: boolean
  restart_count: number | null
  ports: Port[]
  /** Cores that it may use; null when it has no limit. */
  cpu_limit: number | null
  /** Set when `image` is no longer a tag of the container's image. */
  image_id: string | null
  /** Set while the engine restarts it again and again; the code is of the last run that ended. */
  restart_loop: { exit_code: number | null } | null
  /** The engine's sentence about a start that failed. */
  error: string | null
  actions: Actions | null
  /** Null while none is in progress. */
  action: ActionInProgress | null
  /** Whether the end of the last run was requested; null when that is not known. */
  end_requested: boolean | null
  /** While the engine or the controller is not available: the last known state, and its time. */
  last_status: ContainerStatus | null
  last_health: Health | null
  as_of: string | null
  /** What the reader may do with it; absent when that is everything. */
  rights?: readonly string[]
}

export interface Change {
  name: string
  controller: string
  id: string | null
  previousStatus: string | null
  previousHealth: Health | null
  currentStatus: string
  currentHealth: Health | null
  reason: string | null
  exitCode: number | null
  at: string | null
}

export interface ControllerStatus {
  controller: string
  state: string
  since: string | null
  attempt: number | null
  retry_in_ms: number | null
  /** What it can do beyond v1; null before it has connected. */
  features: string[] | null
  /** The permissions that it gives to any client; absent when it gives all, or that is not known. */
  allow?: string[]
  /** The ids that it had before, at the same configured URL; absent when there are none. */
  replaces?: string[]
  /** Why there is no connection, as a sentence; absent when it is not known. */
  message?: string
  /** Absent when the host has none. */
  labels?: HostLabels
  /** Absent when the relay does not measure it. */
  link?: LinkMeasure
}

export interface ContainerUpdate {
  type: 'container_update'
  timestamp: string
  containers: Container[]
  changes: Change[]
  /** Null when the message does not list controllers. */
  controllers: ControllerStatus[] | null
  engines: EngineStatus[] | null
  revision: number | null
  /** What the reader may do everywhere; absent when that is everything. */
  rights?: readonly string[]
}

export interface Removed {
  controller: string
  id: string | null
  name: string
}

export interface ContainersChanged {
  type: 'containers_changed'
  timestamp: string
  revision: number
  containers: Container[]
  removed: Removed[]
  changes: Change[]
}

export interface ControllerStatusFrame extends ControllerStatus {
  type: 'controller_status'
}

export interface EngineStatus {
  controller: string
  available: boolean
  since: string | null
  message: string | null
}

export interface EngineStatusFrame extends EngineStatus {
  type: 'engine_status'
}

export interface ActionFrame {
  type: 'action'
  id: string | null
  controller: string
  container: string
  action: ActionName
  state: 'accepted' | 'done' | 'failed'
  at: string | null
  message: string | null
  by: string | null
}

/** One container's load at one time. A number is null when the engine does not report it. Counters start with the container. */
export interface StatsItem {
  controller: string
  container: string
  id: string | null
  /** Average of cores in use since the last sample. */
  cpu_cores: number | null
  memory_bytes: number | null
  /** Null when the container has no limit. */
  memory_limit: number | null
  rx_bytes: number | null
  tx_bytes: number | null
  read_bytes: number | null
  write_bytes: number | null
}

export interface HostSize {
  controller: string
  cpus: number | null
  /** Why the engine does not report the load of its containers; null when it does. */
  refusal: string | null
  memory_total: number | null
}

export interface Stats {
  type: 'stats'
  at: string
  items: StatsItem[]
  hosts: HostSize[]
}

/** The subscription that a log message belongs to: `sub` echoes the id of the request. */
interface LogAddress {
  container: string
  controller: string
  sub: string | null
}

interface LogLines extends LogAddress {
  /** Docker's nine-digit timestamp, a space, the text. */
  logs: string[]
  /** One letter per line, `o` or `e`; empty when the relay does not send it. */
  streams: string
  cursor: string | null
}

export interface LogSnapshot extends LogLines {
  type: 'log_snapshot'
  /** True: resumes exactly after the cursor; false: could not resume, a log_gap follows; null: no cursor was given. */
  resumed: boolean | null
  more_before: boolean
}

export interface NewLogs extends LogLines {
  type: 'new_logs'
}

export interface LogGap extends LogAddress {
  type: 'log_gap'
  reason: string
  from: string | null
  to: string | null
  count: number | null
}

export interface LogStateFrame extends LogAddress {
  type: 'log_state'
  state: string
  at: string | null
  message: string | null
}

export interface ErrorFrame {
  type: 'error'
  code: string
  message: string
  container: string | null
  request: string | null
  sub: string | null
}

export interface Heartbeat {
  type: 'heartbeat'
  timestamp: string
  build: string | null
}

export interface Pong {
  type: 'pong'
  id: string | null
  timestamp: string | null
}

export type Frame =
  | ContainerUpdate
  | ContainersChanged
  | ControllerStatusFrame
  | EngineStatusFrame
  | ActionFrame
  | Stats
  | LogSnapshot
  | NewLogs
  | LogGap
  | LogStateFrame
  | ErrorFrame
  | Heartbeat
  | Pong

/** A message from the page. */
export type Request =
  | { type: 'hello'; features: string[] }
  | { type: 'subscribe_logs'; container: string; lines: number; sub: string; wait?: boolean; after?: string }
  | { type: 'unsubscribe_logs'; container: string; sub: string }
  | { type: 'subscribe_stats'; containers: string[] | null; interval_ms?: number }
  | { type: 'ping'; id: string }
