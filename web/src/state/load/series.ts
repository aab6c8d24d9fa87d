import type { StatsItem } from '../../protocol/types'

/** One container's load at one time, by the relay's clock. Rates are in bytes per second; null means unknown. */
export interface LoadPoint {
  at: number
  cpu: number | null
  memory: number | null
  received: number | null
  sent: number | null
  read: number | null
  written: number | null
}

export type Measure = Exclude<keyof LoadPoint, 'at'>

/** The means of one minute, from what the controller has kept. */
export interface PastMinute {
  /** Its beginning. */
  at: number
  cpu: number | null
  memory: number | null
}

/** Half an hour at the normal interval. */
const MAX_POINTS = 900

/** More time between two samples than this is a gap. */
const GAP_AFTER_MS = 9000

/**
 * The load of one container over time, from cumulative counters. A smaller counter or another id means a new run of
 * the container, with a gap before it. Plain state: `LoadStore` notifies the components.
 */
export class LoadSeries {
  readonly points: LoadPoint[] = []
  /** The last hour, as it was when it was fetched. */
  past: readonly PastMinute[] = []
  limit: number | null = null
  private before: { item: StatsItem; at: number } | null = null

  add(item: StatsItem, at: number): void {
    const before = this.before
    if (before && at <= before.at) return
    this.before = { item, at }
    this.limit = item.memory_limit
    const sameRun = before !== null && before.item.id === item.id
    if (before && (!sameRun || at - before.at > GAP_AFTER_MS)) this.points.push(nothing(before.at + 1))
    const known = sameRun && at - before.at <= GAP_AFTER_MS ? before : null
    const rate = (field: 'rx_bytes' | 'tx_bytes' | 'read_bytes' | 'write_bytes') => {
      const was = known?.item[field] ?? null
      const is = item[field]
      if (known === null || was === null || is === null || is < was) return null
      return ((is - was) / (at - known.at)) * 1000
    }
    this.points.push({
      at,
      cpu: item.cpu_cores,
      memory: item.memory_bytes,
      received: rate('rx_bytes'),
      sent: rate('tx_bytes'),
      read: rate('read_bytes'),
      written: rate('write_bytes'),
    })
    if (this.points.length > MAX_POINTS * 1.2) this.points.splice(0, this.points.length - MAX_POINTS)
  }

  /** Replaces the past by a newer answer. */
  remember(past: readonly PastMinute[], limit: number | null): void {
    this.past = past
    if (this.points.length === 0) this.limit = limit
  }

  get last(): LoadPoint | null {
    return this.points.at(-1) ?? null
  }

  /** The newest that is known: a sample, or else the last minute of the past that has a value. */
  get newest(): PastMinute | null {
    return this.last ?? this.past.findLast((minute) => minute.memory !== null || minute.cpu !== null) ?? null
  }
}

function nothing(at: number): LoadPoint {
  return { at, cpu: null, memory: null, received: null, sent: null, read: null, written: null }
}
