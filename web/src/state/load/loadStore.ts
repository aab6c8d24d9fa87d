import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { HostSize, Request, Stats } from '../../protocol/types'
import { instant } from '../../ui/time'
import { keyOf } from '../containers/containerList'
import { LoadSeries } from './series'

const INTERVAL_MS = 2000
/** Scrolling changes what is looked at many times a second; the relay is told once it rests. */
const SETTLE_MS = 200
/** As many as the relay takes. */
const MOST_WATCHED = 512

/** A container's load, with a number that grows whenever there is more of it. */
export interface WatchedLoad {
  series: LoadSeries
  version: ShallowRef<number>
}

/** Who looks at the load of which containers, by their keys; `release` when it looks away. */
export interface LoadWatch {
  keys(keys: Iterable<string>): void
  release(): void
}

/**
 * The load of the containers that somebody looks at: asks the relay for exactly those, and for none while the page is
 * hidden. One for the page.
 */
export class LoadStore {
  readonly hosts = shallowReactive(new Map<string, HostSize>())
  /** Grows with every message; for those who look at all of them. */
  readonly samples = shallowRef(0)
  private readonly watched = new Map<string, WatchedLoad>()
  private readonly watchers = new Set<{ keys: ReadonlySet<string> }>()
  private hidden = false
  private asked = ''
  private cancel: (() => void) | null = null

  constructor(
    private readonly send: (request: Request) => unknown,
    private readonly after: (ms: number, task: () => void) => () => void,
  ) {}

  /** The load of one container, empty as long as nobody watches it. */
  of(key: string): WatchedLoad {
    const there = this.watched.get(key)
    if (there) return there
    const fresh = { series: new LoadSeries(), version: shallowRef(0) }
    this.watched.set(key, fresh)
    return fresh
  }

  watch(): LoadWatch {
    const watcher = { keys: new Set<string>() as ReadonlySet<string> }
    this.watchers.add(watcher)
    return {
      keys: (keys) => {
        watcher.keys = new Set(keys)
        this.requestSoon()
      },
      release: () => {
        this.watchers.delete(watcher)
        this.requestSoon()
      },
    }
  }

  /** A hidden page looks at nothing. */
  hide(hidden: boolean): void {
    this.hidden = hidden
    this.requestSoon()
  }

  /** A new connection remembers nothing. */
  connected(): void {
    this.asked = ''
    this.request()
  }

  take(stats: Stats): void {
    const at = instant(stats.at)
    if (at === null) return
    for (const host of stats.hosts) this.hosts.set(host.controller, host)
    for (const item of stats.items) {
      const watched = this.of(keyOf({ controller: item.controller, name: item.container }))
      watched.series.add(item, at)
      watched.version.value++
    }
    this.samples.value++
  }

  stop(): void {
    this.cancel?.()
  }

  private requestSoon(): void {
    this.cancel?.()
    this.cancel = this.after(SETTLE_MS, () => this.request())
  }

  private request(): void {
    const keys = this.hidden ? [] : [...new Set([...this.watchers].flatMap(({ keys }) => [...keys]))].sort()
    const containers = keys.length === 0 ? null : keys.slice(0, MOST_WATCHED)
    const words = JSON.stringify(containers)
    // Nothing is what a new connection has, so it need not be asked for.
    if (words === this.asked || (containers === null && this.asked === '')) return
    this.asked = words
    this.send({
      type: 'subscribe_stats',
      containers,
      ...(containers === null ? {} : { interval_ms: INTERVAL_MS }),
    })
  }
}
