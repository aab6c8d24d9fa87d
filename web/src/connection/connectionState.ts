/** The phases of the connection, as the reader sees it. */
export type ConnectionPhase =
  | 'connecting'
  | 'live'
  | 'stale'
  /** Between two attempts. */
  | 'waiting'
  /** The browser reports that it has no network. */
  | 'offline'
  /** The relay refused the page; only the reader can retry. */
  | 'refused'

export interface ConnectionState {
  phase: ConnectionPhase
  /**
   * When the outage (or, while live, the connection) began, by the page's clock. It stays the same through all
   * attempts of one outage.
   */
  since: number
  /** Attempts in this outage. */
  attempt: number
  /** When the next attempt is due; null while none is planned. */
  retryAt: number | null
  /** When the last frame arrived; null before the first. */
  lastFrameAt: number | null
  /** Round trip of the last ping; null before the first. */
  latencyMs: number | null
  /** What prevents a connection; null when it is not known, or nothing does. */
  obstacle: Obstacle | null
}

/** Why no WebSocket can be opened while the relay answers to HTTP. */
export type Obstacle =
  /** The relay refused the page, with its sentence. */
  | { kind: 'refused'; reason: string }
  /** The relay's sentence about an Origin that is not that of its Host: a proxy does not pass the Host. */
  | { kind: 'origin'; reason: string }
  /** The reader may see nothing any more, with the relay's word for it. */
  | { kind: 'rights'; reason: string }
  /** The reader has to sign in first. */
  | { kind: 'signin' }
  /** The relay would accept the page, but its WebSockets do not arrive: a proxy does not pass the upgrade. */
  | { kind: 'upgrade' }

export const INITIAL_STATE: ConnectionState = {
  phase: 'connecting',
  since: 0,
  attempt: 0,
  retryAt: null,
  lastFrameAt: null,
  latencyMs: null,
  obstacle: null,
}

/** Whether the page shows current data. */
export function isConnected(state: ConnectionState): boolean {
  return state.phase === 'live' || state.phase === 'stale'
}
