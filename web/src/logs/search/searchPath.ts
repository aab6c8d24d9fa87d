import type { LogFilterSpec, TimeRange } from '../rows/filter'
import { addressOf, type Target } from '../target'
import type { LevelName } from '../text/levels'
import { searchTerms, type SearchTerm } from '../text/searchTerms'

/** Which lines a search finds. */
export interface SearchedLines {
  terms: readonly SearchTerm[]
  caseSensitive: boolean
  /** Null: all levels. */
  levels: readonly LevelName[] | null
  /** False: of a stack trace only the first line. */
  traces: boolean
  stderrOnly: boolean
  range: TimeRange | null
}

export interface SearchBounds {
  order: 'newest' | 'oldest'
  /** Hits that are sent; 0 only counts. */
  limit: number
  /** Whether the search goes on to the end of the logs and counts all hits. */
  count: boolean
  /** Cursors or nine-digit timestamps, both exclusive. */
  before?: string
  after?: string
}

/** The lines that a filter shows and its search text matches. */
export function linesOf(spec: LogFilterSpec): SearchedLines {
  const { text, caseSensitive, levels, stderrOnly, range } = spec
  return { terms: searchTerms(text), caseSensitive, levels, traces: true, stderrOnly, range }
}

/** The path of a search in the relay's REST API. @param targets one or more */
export function searchPath(targets: readonly Target[], lines: SearchedLines, bounds: SearchBounds): string {
  const query = new URLSearchParams()
  const [only, ...others] = targets
  if (others.length > 0) for (const target of targets) query.append('container', addressOf(target))
  else if (only && only.controller !== '') query.set('controller', only.controller)
  addLines(query, lines)
  addBounds(query, bounds)
  return others.length > 0 || !only
    ? `api/containers/logs/search?${query}`
    : `api/container/${encodeURIComponent(only.name)}/logs/search?${query}`
}

function addLines(query: URLSearchParams, lines: SearchedLines): void {
  for (const term of lines.terms) {
    const negative = term.negative ? 'not_' : ''
    if (term.kind === 'text') query.append(`${negative}text`, term.text)
    else
      query.append(
        `${negative}regex`,
        lines.caseSensitive && term.ignoreCase ? `(?i)${term.source}` : term.source,
      )
  }
  if (!lines.caseSensitive) query.set('ignore_case', 'true')
  if (lines.levels) query.set('levels', lines.levels.join())
  if (!lines.traces) query.set('traces', 'false')
  if (lines.stderrOnly) query.set('stream', 'stderr')
  // The filter's range includes its ends, the search excludes them.
  if (lines.range?.since) query.set('since', shifted(lines.range.since, -1))
  if (lines.range?.until) query.set('until', shifted(lines.range.until, 1))
}

function addBounds(query: URLSearchParams, { order, limit, count, before, after }: SearchBounds): void {
  query.set('order', order)
  query.set('limit', String(limit))
  if (!count) query.set('count', 'false')
  if (before) query.set('before', before)
  if (after) query.set('after', after)
}

const NANOS_PER_SECOND = 1_000_000_000

/** A nine-digit timestamp, some nanoseconds later. */
export function shifted(time: string, nanos: number): string {
  const sum = Number(time.slice(20, 29)) + nanos
  const carry = Math.floor(sum / NANOS_PER_SECOND)
  const second = new Date(Date.parse(`${time.slice(0, 19)}Z`) + carry * 1000).toISOString().slice(0, 19)
  return `${second}.${String(sum - carry * NANOS_PER_SECOND).padStart(9, '0')}Z`
}
