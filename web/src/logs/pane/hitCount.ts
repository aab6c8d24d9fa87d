import type { ChunkedList } from '../rows/chunkedList'
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
  state: 'counting' | 'counted' | 'failed'
  /** Why they could not be counted; null otherwise. */
  reason: string | null
}

/**
 * Counts the hits in the whole stored logs of a pane. The controllers count up to the newest line that had arrived when
 * the count began; the rows that arrived since are counted here. Owned by the pane, which stops it when it closes.
 */
export class HitCount {
  private stored: WholeCount | null = null
  /** Time of the newest line that the controllers count; empty before the count begins. */
  private until = ''
  private running: AbortController | null = null
  private cancelPause: (() => void) | null = null

  constructor(
    private readonly live: () => RowStore,
    /** The containers that the filter does not mute, by source. */
    private readonly targets: () => ReadonlyMap<number, Target>,
    private readonly fetchLines: FetchLines,
    private readonly after: Schedule,
    private readonly changed: () => void,
  ) {}

  /** Null when all lines are loaded, or nothing is counted. */
  get whole(): WholeCount | null {
    return this.stored && { ...this.stored, hits: this.stored.hits + countedAfter(this.live(), this.until) }
  }

  /** Whether the live store has dropped rows that are newer than what the controllers counted. */
  get isOutdated(): boolean {
    const first = this.live().all.first?.time ?? ''
    return this.stored?.state === 'counted' && first > this.until
  }

  /** Counts again: the filter or the log has changed. */
  restart(spec: LogFilterSpec): void {
    this.stop()
    if (this.live().hits === null && !this.live().hidesInRange()) return
    this.cancelPause = this.after(PAUSE_MS, () => void this.count(spec))
  }

  stop(): void {
    this.cancelPause?.()
    this.running?.abort()
    this.cancelPause = this.running = this.stored = null
  }

  private async count(spec: LogFilterSpec): Promise<void> {
    this.cancelPause = null
    const live = this.live()
    const targets = [...this.targets().values()]
    const newest = live.all.findLastIndex((row) => row.kind === 'line' && row.time !== '')
    this.until = live.all.at(newest)?.time ?? ''
    const moreBefore = [...live.coverage.values()].some((part) => part.moreBefore)
    if (!moreBefore || this.until === '' || targets.length === 0) return
    const control = new AbortController()
    this.running = control
    this.set({ hits: 0, state: 'counting', reason: null })
    const lines = linesOf(spec)
    const bounds = { order: 'newest', limit: 0, count: true, before: shifted(this.until, 1) } as const
    const outcome = await searchLogs(
      this.fetchLines,
      searchPath(targets, lines, bounds),
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
    this.set(counted(outcome))
  }

  private set(count: WholeCount): void {
    this.stored = count
    this.changed()
  }
}

function counted(outcome: SearchOutcome): WholeCount {
  if (outcome.kind === 'failed') return { hits: 0, state: 'failed', reason: outcome.reason }
  if (!outcome.complete) return { hits: outcome.hits, state: 'failed', reason: outcome.problem }
  return { hits: outcome.hits, state: 'counted', reason: null }
}

/** How many hits, or shown lines without a search text, are newer than a time. */
function countedAfter({ hits, shown }: RowStore, time: string): number {
  const rows = hits ?? shown
  let low = 0
  let high = rows.size
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeAt(rows, middle) <= time) low = middle + 1
    else high = middle
  }
  return hits ? rows.size - low : rows.slice(low).filter((row) => row.kind === 'line').length
}

/** The time of a row, or of the last one before it that has a time. */
function timeAt(rows: ChunkedList<LogRow>, index: number): string {
  for (let i = index; i >= 0; i--) {
    const { time } = rows.at(i)!
    if (time !== '') return time
  }
  return ''
}
