/**
 * Whether the relay is still there, judged by when its last frame came. It sends a heartbeat every 10 s and
 * answers our pings, so silence means that the connection is dead even where the socket has not noticed.
 */
export const PING_EVERY_MS = 10_000
export const STALE_AFTER_MS = 15_000
export const DEAD_AFTER_MS = 25_000

export type Liveness = 'live' | 'stale' | 'dead'

export function liveness(lastFrameAt: number, now: number): Liveness {
  const silence = now - lastFrameAt
  if (silence >= DEAD_AFTER_MS) return 'dead'
  return silence >= STALE_AFTER_MS ? 'stale' : 'live'
}
