import { searchTerms, type SearchTerm } from './searchTerms'

/**
 * A parsed search text, such as `connection reset -health /timeout|refused/`. Consecutive words are one phrase, a minus
 * excludes a word, slashes enclose a regular expression, and quotes keep spaces and minuses.
 */
export interface Query {
  /** Whether the text matches. */
  matches(text: string): boolean
  /** Offsets of the hits: begin, end, begin, end … */
  ranges(text: string): number[]
  /** True with a regular expression, which may take very long. */
  hasPattern: boolean
}

export interface BadQuery {
  problem: string
}

interface Term {
  negative: boolean
  pattern: RegExp
}

const MAX_RANGES = 100

/** Null when the search text is empty. */
export function parseQuery(text: string, caseSensitive: boolean): Query | BadQuery | null {
  const found = searchTerms(text)
  try {
    const terms = found.map((term) => ({ negative: term.negative, pattern: patternOf(term, caseSensitive) }))
    return terms.length === 0 ? null : queryOf(terms, found.some(isPattern))
  } catch (problem) {
    return { problem: (problem as Error).message.replace(/^Invalid regular expression: /, '') }
  }
}

function isPattern({ kind }: SearchTerm): boolean {
  return kind === 'regex'
}

function patternOf(term: SearchTerm, caseSensitive: boolean): RegExp {
  const flags = caseSensitive && !(term.kind === 'regex' && term.ignoreCase) ? 'gu' : 'giu'
  return term.kind === 'text' ? literal(term.text, flags) : compile(term.source, flags)
}

export function isBad(query: Query | BadQuery | null): query is BadQuery {
  return query !== null && 'problem' in query
}

function queryOf(terms: Term[], hasPattern: boolean): Query {
  const positive = terms.filter((term) => !term.negative)
  return {
    hasPattern,
    matches: (text) => terms.every(({ negative, pattern }) => found(pattern, text) !== negative),
    ranges: (text) => merged(positive.flatMap(({ pattern }) => rangesOf(pattern, text))),
  }
}

function found(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(text)
}

function rangesOf(pattern: RegExp, text: string): [number, number][] {
  const ranges: [number, number][] = []
  pattern.lastIndex = 0
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== '') ranges.push([match.index, match.index + match[0].length])
    if (ranges.length >= MAX_RANGES) break
  }
  return ranges
}

function merged(ranges: [number, number][]): number[] {
  ranges.sort((a, b) => a[0] - b[0])
  const flat: number[] = []
  for (const [start, end] of ranges) {
    if (flat.length > 0 && start <= flat.at(-1)!) flat[flat.length - 1] = Math.max(flat.at(-1)!, end)
    else flat.push(start, end)
  }
  return flat
}

function literal(text: string, flags: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags)
}

/** Retries without the `u` flag, which refuses patterns that are valid in other languages. */
function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    return new RegExp(source, flags.replace('u', ''))
  }
}
