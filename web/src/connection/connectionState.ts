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
  /** Why the relay refused the page; null when it did not. */
  reason: string | null
}

export const INITIAL_STATE: ConnectionState = {
  phase: 'connecting',
  since: 0,
  attempt: 0,
  retryAt: null,
  lastFrameAt: null,
  latencyMs: null,
  reason: null,
}

/** Whether the page shows current data. */
export function isConnected(state: ConnectionState): boolean {
  return state.phase === 'live' || state.phase === 'stale'
}
