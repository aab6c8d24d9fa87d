import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { RecentLoad } from '../../protocol/pastLoad'
import type { HostSize, Request, Stats } from '../../protocol/types'
import { instant } from '../../ui/time'
import { keyOf } from '../containers/containerList'
import { presentKey, type FormerIds } from '../containers/formerIds'
import { LoadSeries } from './series'

const INTERVAL_MS = 2000
/** Scrolling changes the watched keys many times per second; the request waits until they rest. */
const SETTLE_MS = 200
/** The past has minutes, so a newer one than this shows nothing new. */
const PAST_LASTS_MS = 60_000
/** After this time the past of a list that stays open is fetched again. */
const PAST_EXPIRES_MS = 20 * 60_000
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
 * The load of the watched containers. Subscribes to exactly those, and to none while the page is hidden. Fetches the last
 * hour of all containers when a container comes into sight that was not measured for this page before. One for the page.
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
  /** Keys whose samples have no hole since the past was fetched. */
  private covered: ReadonlySet<string> = new Set()
  /** Set while the past is fresh enough. */
  private stopResting: (() => void) | null = null
  private stopExpiring: (() => void) | null = null

  /** @param recent fetches the last hour; rejects when it cannot */
  constructor(
    private readonly send: (request: Request) => unknown,
    private readonly after: (ms: number, task: () => void) => () => void,
    private readonly recent: () => Promise<RecentLoad[]>,
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
    this.forgetPast()
    this.requestSoon()
  }

  /** A new connection has no subscription yet, and there may be a hole before it. */
  connected(): void {
    this.subscribed = ''
    this.forgetPast()
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
    this.stopResting?.()
    this.stopExpiring?.()
  }

  private requestSoon(): void {
    this.cancel?.()
    this.cancel = this.after(SETTLE_MS, () => this.request())
  }

  private forgetPast(): void {
    this.covered = new Set()
    this.stopResting?.()
    this.stopResting = null
  }

  private wanted(): string[] {
    return this.hidden ? [] : [...new Set([...this.watchers].flatMap(({ keys }) => [...keys]))].sort()
  }

  /** Fetches the past for keys that came into sight; without an answer the lines begin now. */
  private catchUp(keys: readonly string[]): void {
    const all = keys.every((key) => this.covered.has(key))
    this.covered = new Set(keys.filter((key) => this.covered.has(key)))
    if (all || this.stopResting !== null) return
    this.covered = new Set(keys)
    this.expireLater()
    this.stopResting = this.after(PAST_LASTS_MS, () => {
      this.stopResting = null
      this.catchUp(this.wanted())
    })
    this.recent().then(
      (answers) => answers.forEach((answer) => this.remember(answer)),
      () => {},
    )
  }

  /** Samples cover about half an hour: the minutes before them are fetched again before that. */
  private expireLater(): void {
    this.stopExpiring?.()
    this.stopExpiring = this.after(PAST_EXPIRES_MS, () => {
      this.covered = new Set()
      this.catchUp(this.wanted())
    })
  }

  private remember({ controller, since, step_ms, host, items }: RecentLoad): void {
    const from = instant(since)
    if (from === null) return
    if (host !== null && !this.hosts.has(controller)) this.hosts.set(controller, host)
    for (const { container, memory_limit, cpu_cores, memory_bytes } of items) {
      const watched = this.of(keyOf({ controller, name: container }))
      const past = cpu_cores.map((cpu, i) => ({
        at: from + i * step_ms,
        cpu,
        memory: memory_bytes[i] ?? null,
      }))
      watched.series.remember(past, memory_limit)
      watched.version.value++
    }
    this.samples.value++
  }

  private request(): void {
    const keys = this.wanted()
    this.catchUp(keys)
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
