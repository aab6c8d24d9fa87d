import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { HostSize, Request, Stats } from '../../protocol/types'
import { instant } from '../../ui/time'
import { keyOf } from '../containers/containerList'
import { presentKey, type FormerIds } from '../containers/formerIds'
import { LoadSeries } from './series'

const INTERVAL_MS = 2000
/** Scrolling changes the watched keys many times per second; the request waits until they rest. */
const SETTLE_MS = 200
/** The relay's limit. */
const MAX_WATCHED = 512

/** A container's load; `version` grows with each sample. */
export interface WatchedLoad {
  series: LoadSeries
  version: ShallowRef<number>
}

/** One component's interest in the load of some containers, by key. `release` ends it. */
export interface LoadWatch {
  keys(keys: Iterable<string>): void
  release(): void
}

/**
 * The load of the watched containers. Subscribes to exactly those, and to none while the page is hidden. One for the
 * page.
 */
export class LoadStore {
  readonly hosts = shallowReactive(new Map<string, HostSize>())
  /** Grows with each message, for components that depend on all containers. */
  readonly samples = shallowRef(0)
  private readonly watched = new Map<string, WatchedLoad>()
  private readonly watchers = new Set<{ keys: ReadonlySet<string> }>()
  private hidden = false
  private subscribed = ''
  private cancel: (() => void) | null = null

  constructor(
    private readonly send: (request: Request) => unknown,
    private readonly after: (ms: number, task: () => void) => () => void,
  ) {}

  /** The load of one container; empty while it is not watched. */
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

  /** A hidden page watches nothing. */
  hide(hidden: boolean): void {
    this.hidden = hidden
    this.requestSoon()
  }

  /** A new connection has no subscription yet. */
  connected(): void {
    this.subscribed = ''
    this.request()
  }

  add(stats: Stats): void {
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

  /** Hosts have other ids: the load of their containers goes on under these. */
  moved(ids: FormerIds): void {
    for (const [key, load] of [...this.watched]) {
      const present = presentKey(ids, key)
      if (present === key) continue
      this.watched.delete(key)
      this.watched.set(present, load)
    }
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
    const containers = keys.length === 0 ? null : keys.slice(0, MAX_WATCHED)
    const wanted = JSON.stringify(containers)
    // A new connection has no subscription, so there is nothing to cancel.
    if (wanted === this.subscribed || (containers === null && this.subscribed === '')) return
    this.subscribed = wanted
    this.send({
      type: 'subscribe_stats',
      containers,
      ...(containers === null ? {} : { interval_ms: INTERVAL_MS }),
    })
  }
}
