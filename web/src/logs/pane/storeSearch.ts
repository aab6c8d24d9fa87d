import type { LogFilterSpec } from '../rows/filter'
import { linesOf, searchPath, type SearchBounds, type SearchedLines } from '../search/searchPath'
import {
  searchLogs,
  type FetchLines,
  type SearchHit,
  type SearchOutcome,
  type SearchProgress,
} from '../search/searchLogs'
import type { Target } from '../target'
import { searchedHosts, type SearchedHost } from './searchedHosts'

/** A hit, and the pane's number of its container. */
export interface PaneHit extends SearchHit {
  source: number
}

/** What a search for hits has found. */
export type FoundHits =
  | {
      kind: 'found'
      hits: PaneHit[]
      next: string | null
      /** Why some logs could not be searched; null when all could. */
      problem: string | null
    }
  /** Another command or a new filter has stopped it. */
  | { kind: 'stopped' }
  | Extract<SearchOutcome, { kind: 'failed' }>

/**
 * Finds hits in the whole stored logs of a pane, also beyond the rows that are loaded. One search at a time; owned by
 * the pane, which stops it when it closes.
 */
export class StoreSearch {
  /** What the search that runs has read; null while none runs. */
  progress: SearchProgress | null = null
  /** Why the last search failed, wholly or in part; null otherwise. */
  problem: string | null = null
  /** Per host what the last search has read; null while none has ended, and for logs of one host. */
  hosts: SearchedHost[] | null = null
  private running: AbortController | null = null

  constructor(
    private readonly fetchLines: FetchLines,
    /** The containers that the filter does not mute, by source. */
    private readonly targets: () => ReadonlyMap<number, Target>,
    private readonly changed: () => void,
  ) {}

  /** The hits next to a position, nearest first. Stops the search that runs. */
  async find(lines: SearchedLines, bounds: Omit<SearchBounds, 'count'>): Promise<FoundHits> {
    this.stop()
    const targets = this.targets()
    if (targets.size === 0) return { kind: 'found', hits: [], next: null, problem: null }
    const control = new AbortController()
    const hits: PaneHit[] = []
    this.running = control
    this.progress = { lines: 0, hits: 0, at: '' }
    this.changed()
    const outcome = await searchLogs(
      this.fetchLines,
      searchPath([...targets.values()], lines, { ...bounds, count: false }),
      {
        hit: (hit) => {
          const source = sourceOf(hit, targets)
          if (source !== null) hits.push({ ...hit, source })
        },
        progress: (progress) => {
          if (this.running !== control) return
          this.progress = progress
          this.changed()
        },
      },
      control.signal,
    )
    if (this.running !== control) return { kind: 'stopped' }
    this.running = this.progress = null
    if (outcome.kind === 'ended') this.hosts = searchedHosts(targets.values(), outcome.failed)
    const found = foundHits(outcome, hits)
    if (found.kind === 'failed' && found.cause !== 'unsupported') this.problem = found.reason
    if (found.kind === 'found') this.problem = found.problem
    this.changed()
    return found
  }

  /** Cancels the search that runs. */
  stop(): void {
    this.running?.abort()
    this.running = this.progress = this.problem = this.hosts = null
  }
}

/** The lines that the command to go to a hit, an error or a warning looks for, if the filter shows any of them. */
export function linesToFind(target: 'hit' | 'error' | 'warn', spec: LogFilterSpec): SearchedLines {
  const shown = linesOf(spec)
  if (target === 'hit') return shown
  return { ...shown, terms: spec.only ? shown.terms : [], levels: [target], traces: false }
}

/** Whether the filter hides all lines of a level. */
export function hidesLevel(level: 'error' | 'warn', { levels }: LogFilterSpec): boolean {
  return levels !== null && !levels.includes(level)
}

/** Whether the filter may hide some hits, errors or warnings. */
export function hidesSome(target: 'hit' | 'error' | 'warn', spec: LogFilterSpec): boolean {
  const { levels, muted, stderrOnly, range } = spec
  const byText = target !== 'hit' && linesToFind(target, spec).terms.length > 0
  return byText || (target === 'hit' && levels !== null) || muted.length > 0 || stderrOnly || range !== null
}

function foundHits(outcome: SearchOutcome, hits: PaneHit[]): FoundHits {
  if (outcome.kind === 'failed') return outcome
  if (outcome.problem !== null && hits.length === 0)
    return { kind: 'failed', reason: outcome.problem, cause: outcome.busy ? 'busy' : 'other' }
  return { kind: 'found', hits, next: outcome.next, problem: outcome.problem }
}

function sourceOf(hit: SearchHit, targets: ReadonlyMap<number, Target>): number | null {
  for (const [source, { name, controller }] of targets) {
    if (targets.size === 1) return source
    if (name === hit.container && (hit.controller === '' || hit.controller === controller)) return source
  }
  return null
}
