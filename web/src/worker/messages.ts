import type { ConnectionState } from '../connection/connectionState'
import type { LogCommand } from '../logs/pane/commands'
import type { LogEvent } from '../logs/pane/paneView'
import type { Frame, Request } from '../protocol/types'

/** All that the page and the worker post to each other: plain values. */

export type WorkerCommand =
  | { type: 'start' | 'stop' | 'retry' | 'nudge' }
  /** The browser reports whether it has a network. */
  | { type: 'network'; online: boolean }
  | { type: 'send'; request: Request }
  /** Answered at once by `pong`, unless a search pattern hangs the worker. */
  | { type: 'ping'; id: number }
  | LogCommand

export type WorkerEvent =
  | { type: 'connection'; state: ConnectionState }
  | { type: 'opened' }
  | { type: 'frame'; frame: Frame }
  | { type: 'pong'; id: number }
  | LogEvent
