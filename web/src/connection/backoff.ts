/**
 * How long to wait before the next attempt to connect. All clients of Dockrelay share this table, in Java and here;
 * the fixture protocol/src/main/resources/backoff.json holds them to it.
 */
const MAX_DELAY_MS = 30_000
/** After a connection that held this long, the next outage starts at the beginning of the table. */
export const STABLE_AFTER_MS = 10_000

/**
 * @param n the attempt, from 0
 * @param random in [0, 1)
 * @returns min(30 s, 2^n s), times a factor between a half and one
 */
export function backoffDelay(n: number, random: number): number {
  const base = Math.min(MAX_DELAY_MS, 1000 * 2 ** n)
  return base * (0.5 + random / 2)
}
