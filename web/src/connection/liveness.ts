/**
 * Judges by the age of the last frame whether the relay is still there. The relay sends a heartbeat every 10 s and
 * answers pings, so silence means a dead connection even when the socket has not noticed.
 */
export const PING_INTERVAL_MS = 10_000
export const STALE_AFTER_MS = 15_000
const DEAD_AFTER_MS = 25_000

export type Liveness = 'live' | 'stale' | 'dead'

export function liveness(lastFrameAt: number, now: number): Liveness {
  const silence = now - lastFrameAt
  if (silence >= DEAD_AFTER_MS) return 'dead'
  return silence >= STALE_AFTER_MS ? 'stale' : 'live'
}
