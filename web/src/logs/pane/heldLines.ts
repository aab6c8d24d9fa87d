import type { Schedule } from './viewScheduler'

/** More lines than this do not wait. */
const MOST_LINES = 5000

/**
 * Holds what arrives for a short time, so that lines of a slow link come before newer ones of a fast link. What arrived is
 * released after at least a half and at most the whole of the hold, in the order of arrival. Bounded in time and lines. Owned by
 * a pane's feed.
 */
export class HeldLines<T> {
  /** What arrived before the last tick, and since. */
  private older: T[] = []
  private newer: T[] = []
  private lines = 0
  private stopTimer: (() => void) | null = null

  constructor(
    private readonly schedule: Schedule,
    private readonly release: (held: readonly T[]) => void,
  ) {}

  /** @param lines how many lines it has @param hold in ms */
  add(one: T, lines: number, hold: number): void {
    this.newer.push(one)
    this.lines += lines
    if (this.lines > MOST_LINES) this.flush()
    else if (this.stopTimer === null) this.wait(hold / 2)
  }

  /** Releases everything now. */
  flush(): void {
    this.stopTimer?.()
    this.stopTimer = null
    const all = [...this.older, ...this.newer]
    this.older = []
    this.newer = []
    this.lines = 0
    if (all.length > 0) this.release(all)
  }

  /** Ends it; what it holds is dropped. */
  stop(): void {
    this.older = []
    this.newer = []
    this.flush()
  }

  private wait(ms: number): void {
    this.stopTimer = this.schedule(ms, () => this.tick(ms))
  }

  private tick(ms: number): void {
    this.stopTimer = null
    const due = this.older
    this.older = this.newer
    this.newer = []
    if (this.older.length > 0) this.wait(ms)
    else this.lines = 0
    if (due.length > 0) this.release(due)
  }
}
