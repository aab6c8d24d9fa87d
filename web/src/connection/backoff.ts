/**
 * How long to wait before trying again: the table that every client of Dockrelay keeps, in Java and here,
 * held by one fixture file (protocol/src/main/resources/backoff.json).
 */
export const LONGEST_DELAY_MS = 30_000
/** A connection that has held this long begins the table anew when it breaks. */
export const STEADY_AFTER_MS = 10_000

/** The n-th delay, n from 0: min(30 s, 2^n s) times a draw between a half and one. `chance` is in [0, 1). */
export function backoffDelay(n: number, chance: number): number {
  const base = Math.min(LONGEST_DELAY_MS, 1000 * 2 ** n)
  return base * (0.5 + chance / 2)
}
