/**
 * The connection as a person sees it. `since` is when the trouble (or, while live, the connection) began, by
 * the page's clock; it stays the same through all the attempts of one outage.
 */
export type LinkPhase =
  | 'connecting'
  | 'live'
  | 'stale'
  /** Between two attempts. */
  | 'waiting'
  /** The browser itself says that it has no network. */
  | 'offline'
  /** The relay answered and said no; only a person changes that. */
  | 'refused'

export interface LinkState {
  phase: LinkPhase
  since: number
  /** Attempts made in this outage. */
  attempt: number
  /** When the next attempt is due; null while none is planned. */
  retryAt: number | null
  /** When the last frame came; null before the first. */
  lastFrameAt: number | null
  /** Round trip of the last ping. */
  latencyMs: number | null
  /** Why the relay refused. */
  reason: string | null
}

export const FIRST: LinkState = {
  phase: 'connecting',
  since: 0,
  attempt: 0,
  retryAt: null,
  lastFrameAt: null,
  latencyMs: null,
  reason: null,
}

/** Whether what the page shows is the present. */
export function isUp(state: LinkState): boolean {
  return state.phase === 'live' || state.phase === 'stale'
}
