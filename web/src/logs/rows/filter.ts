import type { LevelName } from '../text/level'
import { isBad, parseQuery, type Query } from '../text/query'
import type { SieveOrder } from '../../worker/messages'

/** What of a log is shown. */
export interface Sieve {
  /** Null: all of them. */
  levels: ReadonlySet<LevelName> | null
  muted: ReadonlySet<number>
  /** Lines of stderr only. */
  stderrOnly: boolean
  query: Query | null
  /** True: lines that the query does not match are left out. */
  only: boolean
}

/** The sieve that was asked for; without its query, and with why, when that cannot be understood. */
export function readSieve(order: SieveOrder): { sieve: Sieve; problem: string | null } {
  const query = parseQuery(order.text, order.caseSensitive)
  const sieve = {
    levels: order.levels === null ? null : new Set(order.levels),
    muted: new Set(order.muted),
    stderrOnly: order.stderrOnly,
    query: isBad(query) ? null : query,
    only: order.only,
  }
  return { sieve, problem: isBad(query) ? query.problem : null }
}
