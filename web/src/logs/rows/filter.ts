import { isBad, parseQuery, type Query } from '../text/query'
import type { LevelName } from '../text/levels'

/** From one nine-digit timestamp to another, both included; null: open at this end. */
export interface TimeRange {
  since: string | null
  until: string | null
}

/** A filter as the reader sets it: plain values, so that it can be posted to the worker. */
export interface LogFilterSpec {
  /** Null: all levels. */
  levels: LevelName[] | null
  /** Sources whose rows are hidden. */
  muted: number[]
  stderrOnly: boolean
  /** The search text. */
  text: string
  caseSensitive: boolean
  /** True: hide lines that the search text does not match. */
  only: boolean
  /** Null: all times. */
  range: TimeRange | null
}

/** A filter that is ready to apply. */
export interface LogFilter {
  levels: ReadonlySet<LevelName> | null
  muted: ReadonlySet<number>
  stderrOnly: boolean
  query: Query | null
  only: boolean
  range: TimeRange | null
}

/** Whether a row's time is in a range. Rows without a time are in every range. */
export function isInRange(time: string, { since, until }: TimeRange): boolean {
  return time === '' || ((since === null || time >= since) && (until === null || time <= until))
}

/** Compiles a filter. When the search text is invalid, the filter has no query and `problem` says why. */
export function compileFilter(spec: LogFilterSpec): { filter: LogFilter; problem: string | null } {
  const query = parseQuery(spec.text, spec.caseSensitive)
  const filter = {
    levels: spec.levels === null ? null : new Set(spec.levels),
    muted: new Set(spec.muted),
    stderrOnly: spec.stderrOnly,
    query: isBad(query) ? null : query,
    only: spec.only,
    range: spec.range,
  }
  return { filter, problem: isBad(query) ? query.problem : null }
}
