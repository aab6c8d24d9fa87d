import { backoffDelay } from '../../connection/backoff'
import type { LogFilterSpec } from '../rows/filter'
import type { LogRow } from '../rows/row'
import type { RowStore } from '../rows/rowStore'
import { searchLogs, type FetchLines, type SearchOutcome } from '../search/searchLogs'
import { linesOf, searchPath, shifted } from '../search/searchPath'
import type { Target } from '../target'
import type { Schedule } from './viewScheduler'

/** A count follows the filter after this pause, so that not each letter of a search text starts one. */
const PAUSE_MS = 400

/** The number of lines in the whole log that the filter shows and its search text matches. */
export interface WholeCount {
  hits: number
  /** `at-least`: some of the lines that arrived since the count are missing. */
  state: 'counting' | 'counted' | 'at-least' | 'failed'
  /** Why they could not be counted; null otherwise. */
  reason: string | null
}

/** What a count needs of its pane. */
export interface CountedPane {
  /** The rows that grow with the log. */
  live(): RowStore
  spec(): LogFilterSpec
  /** The containers that the filter does not mute, by source. */
  targets(): ReadonlyMap<number, Target>
  changed(): void
}

/** The parts of the browser that a count uses. */
export interface CountEnvironment {
  after: Schedule
  /** In [0, 1). */
  random(): number
  fetchLines: FetchLines
}

/**
 * Counts the hits in the whole stored logs of a pane. The controllers count once, up to the newest line that had arrived
 * when the filter was set; hits that arrive later are added here. Owned by the pane, which stops it when it closes.
 */
export class HitCount {
  /** What the controllers have counted; null while nothing is counted. */
  private stored: WholeCount | null = null
  /** Time of the newest line that the controllers count; empty when all lines are loaded. */
  private until = ''
  /** Hits among the lines that arrived after that one, and gaps between them; none after one that cannot be filled. */
  private newer = 0
  private gaps: LogRow[] = []
  /** Which lines are counted. */
  private lines = ''
  private running: AbortController | null = null
  private cancelWait: (() => void) | null = null

  constructor(
    private readonly pane: CountedPane,
    private readonly environment: CountEnvironment,
  ) {}

  /** Null when nothing is counted. */
  get whole(): WholeCount | null {
    if (!this.stored) return null
    const state = this.stored.state === 'counted' && this.isMissing ? 'at-least' : this.stored.state
    return { ...this.stored, state, hits: this.stored.hits + this.newer }
  }

  /** The filter has changed: counts again if it asks for other lines. */
  filterChanged(): void {
    if (countedLines(this.pane.spec()) !== this.lines) this.restart()
  }

  /** Counts again: the filter or the beginning of the log has changed. */
  restart(): void {
    this.stop()
    const live = this.pane.live()
    this.lines = countedLines(this.pane.spec())
    live.appended = null
    if (live.hits === null && !live.hidesInRange()) return
    live.appended = (rows, hits) => this.arrived(rows, hits)
    if (isWhole(live)) return this.countHere(live)
    this.until = newestTime(live)
    if (this.until === '' || this.pane.targets().size === 0) return
    this.set({ hits: 0, state: 'counting', reason: null })
    this.countAfter(PAUSE_MS, 0)
  }

  stop(): void {
    this.cancelWait?.()
    this.running?.abort()
    this.cancelWait = this.running = this.stored = null
    this.newer = 0
    this.gaps = []
  }

  private countHere({ hits, shown }: RowStore): void {
    this.until = ''
    this.stored = { hits: 0, state: 'counted', reason: null }
    this.arrived([], hits ?? shown)
  }

  private arrived(rows: Iterable<LogRow>, hits: Iterable<LogRow>): void {
    for (const { kind, time } of hits) if (kind === 'line' && time > this.until) this.newer++
    for (const row of rows)
      if (row.kind === 'gap' && !this.gaps.some(({ dropped }) => dropped)) this.gaps.push(row)
  }

  /** Whether lines are missing that arrived after those that are counted; a dropped gap is never filled. */
  private get isMissing(): boolean {
    const { all } = this.pane.live()
    return this.gaps.some((gap) => gap.dropped || all.indexOf(gap.n) >= 0)
  }

  private countAfter(ms: number, attempt: number): void {
    this.cancelWait = this.environment.after(ms, () => void this.count(attempt))
  }

  /** @param attempt from 0: each one waits longer for controllers that run too many searches */
  private async count(attempt: number): Promise<void> {
    this.cancelWait = null
    const targets = [...this.pane.targets().values()]
    if (targets.length === 0) return this.stop()
    const control = new AbortController()
    this.running = control
    const bounds = { order: 'newest', limit: 0, count: true, before: shifted(this.until, 1) } as const
    const outcome = await searchLogs(
      this.environment.fetchLines,
      searchPath(targets, linesOf(this.pane.spec()), bounds),
      {
        hit: () => undefined,
        progress: ({ hits }) => {
          if (this.running === control) this.set({ hits, state: 'counting', reason: null })
        },
      },
      control.signal,
    )
    if (this.running !== control) return
    this.running = null
    if (isBusy(outcome)) this.countAfter(backoffDelay(attempt, this.environment.random()), attempt + 1)
    else this.set(counted(outcome))
  }

  private set(count: WholeCount): void {
    this.stored = count
    this.pane.changed()
  }
}

/** Equal for filters that ask for the same lines, whether or not other lines are hidden. */
function countedLines(spec: LogFilterSpec): string {
  return JSON.stringify([linesOf(spec), spec.muted])
}

/** Whether a store has all lines of its logs. */
function isWhole({ all, coverage }: RowStore): boolean {
  return (
    ![...coverage.values()].some((part) => part.moreBefore) &&
    all.findLastIndex(({ kind }) => kind === 'gap') < 0
  )
}

function newestTime({ all }: RowStore): string {
  return all.at(all.findLastIndex((row) => row.kind === 'line' && row.time !== ''))?.time ?? ''
}

function isBusy(outcome: SearchOutcome): boolean {
  return outcome.kind === 'failed' ? outcome.cause === 'busy' : outcome.busy
}

function counted(outcome: SearchOutcome): WholeCount {
  if (outcome.kind === 'failed') return { hits: 0, state: 'failed', reason: outcome.reason }
  if (!outcome.complete) return { hits: outcome.hits, state: 'failed', reason: outcome.problem }
  return { hits: outcome.hits, state: 'counted', reason: null }
}
