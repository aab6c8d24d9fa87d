/** While the reader does not follow, the count of new lines is sent this often. */
const FROZEN_INTERVAL_MS = 150
/** With more panes than this, each is drawn less often than the screen: ten logs cannot be read line by line. */
const MANY_PANES = 4
const CROWDED_INTERVAL_MS = 50

interface Entry<P> {
  pane: P
  /** Something has changed since the last view. */
  dirty: boolean
  /** The reader waits for a change that is not shown yet. */
  urgent: boolean
  /** The page has painted the last view, so that one more may be sent. */
  credit: boolean
}

/** Schedules a task; returns a function that cancels it. */
export type Schedule = (ms: number, task: () => void) => () => void

/**
 * Decides when each pane sends its next view: never before the page has painted the last one, at once when the reader
 * waits for it, else at the pace of the panes. One for all panes; an entry lives as long as its pane.
 */
export class ViewScheduler<P extends { number: number; isFrozen: boolean }> {
  private readonly entries = new Map<number, Entry<P>>()
  /** The waits that are in progress, by their length in ms; a wait is shared by all panes. */
  private readonly waits = new Set<number>()

  constructor(
    private readonly schedule: Schedule,
    private readonly send: (pane: P) => void,
  ) {}

  add(pane: P): void {
    this.entries.set(pane.number, { pane, dirty: true, urgent: true, credit: false })
  }

  remove(pane: P): void {
    this.entries.delete(pane.number)
  }

  ready(pane: P): void {
    const entry = this.entries.get(pane.number)
    if (entry) entry.credit = true
  }

  invalidate(pane: P): void {
    const entry = this.entries.get(pane.number)
    if (entry) entry.dirty = true
  }

  flush(pane: P, urgent: boolean): void {
    if (this.entries.get(pane.number)?.dirty) this.changed(pane, urgent)
  }

  changed(pane: P, urgent: boolean): void {
    const entry = this.entries.get(pane.number)
    if (!entry) return
    entry.dirty = true
    entry.urgent ||= urgent
    if (!entry.credit) return
    const wait = this.waitOf(entry)
    if (wait === 0) return this.show(entry)
    if (this.waits.has(wait)) return
    this.waits.add(wait)
    this.schedule(wait, () => this.waited(wait))
  }

  private waitOf({ pane, urgent }: Entry<P>): number {
    if (urgent) return 0
    if (pane.isFrozen) return FROZEN_INTERVAL_MS
    return this.entries.size > MANY_PANES ? CROWDED_INTERVAL_MS : 0
  }

  private waited(wait: number): void {
    this.waits.delete(wait)
    for (const entry of this.entries.values()) if (entry.dirty && entry.credit) this.show(entry)
  }

  private show(entry: Entry<P>): void {
    entry.dirty = entry.urgent = entry.credit = false
    this.send(entry.pane)
  }
}
