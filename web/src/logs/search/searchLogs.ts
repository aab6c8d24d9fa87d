import { object, optionalArray, optionalNumber, optionalText, type Json } from '../../protocol/fields'
import type { LinesEnd } from '../../protocol/jsonLines'
import { LEVELS, type Level } from '../text/levels'

/** A line that a search has found. */
export interface SearchHit {
  controller: string
  container: string
  time: string
  stderr: boolean
  /** Null when it has none, and when no levels were asked for. */
  level: Level
  text: string
  /** Whether `text` is only the beginning of the line. */
  cut: boolean
  cursor: string
}

export interface SearchProgress {
  /** Lines read, and hits among them. */
  lines: number
  hits: number
  /** The time of the line that is read now; empty at first. */
  at: string
}

/** A log, or a whole host, that could not be searched to its end. */
export interface SearchFailure {
  controller: string
  /** Null for the whole host. */
  container: string | null
  reason: string
}

/** How a search ended. */
export type SearchOutcome =
  | {
      kind: 'ended'
      /** Whether all lines were read, so that `hits` is their number in all. */
      complete: boolean
      hits: number
      /** Where the same search continues; null when all hits were sent. */
      next: string | null
      /** Why some logs could not be searched; null when all could. */
      problem: string | null
      /** All logs that could not be searched. */
      failed: SearchFailure[]
      /** Whether a controller refused because it runs too many searches. */
      busy: boolean
    }
  | {
      kind: 'failed'
      reason: string
      /** `unsupported`: the controller cannot search at all. `busy`: it runs too many searches. */
      cause: 'unsupported' | 'busy' | 'other'
    }

export interface SearchSink {
  hit(hit: SearchHit): void
  progress(progress: SearchProgress): void
}

/** Streams JSON lines from the relay at a path relative to the page. Never fails; ends when the signal aborts. */
export type FetchLines = (
  path: string,
  onLine: (json: unknown) => void,
  signal: AbortSignal,
) => Promise<LinesEnd>

const TOO_MANY_REQUESTS = 429
const NOT_IMPLEMENTED = 501

/** Runs one search to its end. */
export async function searchLogs(
  fetchLines: FetchLines,
  path: string,
  sink: SearchSink,
  signal: AbortSignal,
): Promise<SearchOutcome> {
  const outcomes: SearchOutcome[] = []
  const lines = await fetchLines(
    path,
    (line) => {
      const json = object(line, 'search')
      if (json.type === 'hit') sink.hit(hitOf(json))
      else if (json.type === 'progress') sink.progress(progressOf(json))
      else if (json.type === 'end') outcomes.push(endOf(json))
    },
    signal,
  )
  if (!lines.ended) return { kind: 'failed', reason: lines.reason, cause: causeOf(lines.status) }
  return outcomes[0] ?? { kind: 'failed', reason: 'the search broke off', cause: 'other' }
}

function causeOf(status: number | null): Extract<SearchOutcome, { kind: 'failed' }>['cause'] {
  if (status === NOT_IMPLEMENTED) return 'unsupported'
  return status === TOO_MANY_REQUESTS ? 'busy' : 'other'
}

function hitOf(json: Json): SearchHit {
  return {
    controller: optionalText(json, 'controller') ?? '',
    container: optionalText(json, 'container') ?? '',
    time: optionalText(json, 'timestamp') ?? '',
    stderr: json.stream === 'stderr',
    level: levelOfName(optionalText(json, 'level')),
    text: optionalText(json, 'text') ?? '',
    cut: json.cut === true,
    cursor: optionalText(json, 'cursor') ?? '',
  }
}

function levelOfName(name: string | null): Level {
  const level = LEVELS.find((one) => one === name) ?? 'other'
  return level === 'other' ? null : level
}

function progressOf(json: Json): SearchProgress {
  return {
    lines: optionalNumber(json, 'lines') ?? 0,
    hits: optionalNumber(json, 'hits') ?? 0,
    at: optionalText(json, 'at') ?? '',
  }
}

function endOf(json: Json): SearchOutcome {
  const failed = optionalArray(json, 'failed').map((one) => object(one, 'failure'))
  return {
    kind: 'ended',
    complete: json.complete === true,
    hits: optionalNumber(json, 'hits') ?? 0,
    next: optionalText(json, 'next'),
    problem: failed[0] ? optionalText(failed[0], 'error') : null,
    failed: failed.map((one) => ({
      controller: optionalText(one, 'controller') ?? '',
      container: optionalText(one, 'container'),
      reason: optionalText(one, 'error') ?? '',
    })),
    busy: failed.some((one) => one.status === TOO_MANY_REQUESTS),
  }
}
