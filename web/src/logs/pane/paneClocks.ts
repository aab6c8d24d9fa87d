import type { PaneRows } from '../rows/paneRows'
import type { LogRow } from '../rows/row'
import { earlier, type SourceClock } from '../rows/sourceClock'
import type { Target } from '../target'
import type { HostClocks } from './hostClocks'

/** Lines of several hosts are held for at most this long, in ms. */
export const LONGEST_HOLD = 300
/** What a batch of lines may take longer than a round trip, in ms. */
const SLACK = 40

/**
 * The clocks of the hosts whose logs a pane merges. With one host alone times are its own. Lines that are here keep their places
 * when a measurement becomes better; they are merged again only when a host joins, or is measured for the first time. Owned by
 * the pane.
 */
export class PaneClocks {
  /** The hosts of all containers that are or were in the pane, by source. */
  private readonly hostOf = new Map<number, string>()
  /** By source; empty while all lines are of one host. */
  private clocks = new Map<number, SourceClock>()
  /** Known of the clocks when the rows were last merged, as text. */
  private merged = ''

  constructor(
    private readonly hosts: HostClocks,
    private readonly rows: PaneRows,
  ) {}

  /** Whether lines of several hosts are merged. */
  get several(): boolean {
    return this.clocks.size > 0
  }

  of(source: number): SourceClock | null {
    return this.clocks.get(source) ?? null
  }

  aheadOf(source: number): number {
    return this.clocks.get(source)?.ahead ?? 0
  }

  /** A time of a source's host by the relay's clock. */
  atRelay(time: string, source: number): string {
    return earlier(time, this.aheadOf(source))
  }

  /** A time by the relay's clock by that of a source's host. */
  atHost(time: string, source: number): string {
    return earlier(time, -this.aheadOf(source))
  }

  /** How long new lines wait for older ones of a slower link, in ms; 0 for one host. */
  get hold(): number {
    const trips = [...this.clocks.values()].map(({ host }) => this.hosts.roundTrip(host) ?? LONGEST_HOLD)
    return trips.length === 0 ? 0 : Math.min(LONGEST_HOLD, SLACK + Math.max(...trips))
  }

  /** The containers or the measurements have changed. @param targets by source */
  update(targets: ReadonlyMap<number, Target>): void {
    for (const [source, { controller }] of targets) this.hostOf.set(source, controller)
    const several = new Set(this.hostOf.values()).size > 1
    this.clocks = new Map(
      several ? [...this.hostOf].map(([source, host]) => [source, this.hosts.of(host)]) : [],
    )
    const known = [...this.clocks].map(([source, clock]) => `${source} ${clock.measured}`).join()
    if (known === this.merged) return
    this.merged = known
    for (const store of this.rows.stores) {
      for (const row of store.all) this.place(row)
      store.mergeAgain()
    }
  }

  private place(row: LogRow): void {
    if (row.kind === 'line') row.place(this.aheadOf(row.source))
    else if (row.kind === 'state') row.at = this.atRelay(row.time, row.source)
  }
}
