import { placedAt, type LogRow } from '../rows/row'
import { millisBetween, type SourceClock } from '../rows/sourceClock'

/** The order of a line and the nearest one of another host is not certain. */
export interface UncertainOrder {
  /** The other host. */
  host: string
  /** The two clocks are compared to this many ms. */
  error: number
  /** Whether both clocks are measured. */
  measured: boolean
}

interface Seen {
  at: string
  clock: SourceClock
}

/**
 * For each row of a part of a merged log whether its order to the nearest line of another host, before or after it, is
 * uncertain: they differ by less than both clocks may be wrong. Pure.
 *
 * @param clockOf null for rows without a host
 */
export function uncertainOrders(
  rows: readonly LogRow[],
  clockOf: (source: number) => SourceClock | null,
): (UncertainOrder | null)[] {
  const found = rows.map((): UncertainOrder | null => null)
  look(rows, clockOf, found, rows.keys())
  look(rows, clockOf, found, [...rows.keys()].reverse())
  return found
}

/** In one direction: the last line of each of the two hosts that were seen last is enough. */
function look(
  rows: readonly LogRow[],
  clockOf: (source: number) => SourceClock | null,
  found: (UncertainOrder | null)[],
  order: Iterable<number>,
): void {
  let last: Seen | null = null
  let other: Seen | null = null
  for (const i of order) {
    const row = rows[i]!
    const clock = row.kind === 'line' ? clockOf(row.source) : null
    if (clock === null) continue
    if (last !== null && last.clock.host !== clock.host) other = last
    last = { at: placedAt(row), clock }
    if (found[i] === null && other !== null) found[i] = between(last, other)
  }
}

function between(one: Seen, other: Seen): UncertainOrder | null {
  const error = one.clock.error + other.clock.error
  const measured = one.clock.measured && other.clock.measured
  return Math.abs(millisBetween(one.at, other.at)) < error
    ? { host: other.clock.host, error, measured }
    : null
}
