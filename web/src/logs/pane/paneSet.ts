import type { Frame, Request } from '../../protocol/types'
import { oneAtATime } from '../search/oneAtATime'
import type { FetchLines } from '../search/searchLogs'
import { buildView } from './buildView'
import type { LogCommand, PaneCommand } from './commands'
import { HostClocks } from './hostClocks'
import type { CountEnvironment } from './hitCount'
import type { FetchJson } from './logPages'
import { PaneModel } from './paneModel'
import type { LogEvent } from './paneView'
import { ViewScheduler, type Schedule } from './viewScheduler'

/** All panes together keep about this much; over it, the largest pane drops its oldest rows. */
const MAX_BYTES = 128 * 1024 * 1024
/** The share of its rows that the largest pane keeps then. */
const KEPT_SHARE = 0.9

/** The parts of the browser that the panes use. */
export interface PaneEnvironment {
  after: Schedule
  /** In [0, 1). */
  random(): number
  fetchJson: FetchJson
  fetchLines: FetchLines
}

/**
 * All log panes in the worker: handles the page's commands and the relay's log frames, and emits views. One per
 * worker; knows neither Vue nor the DOM.
 */
export class PaneSet {
  private readonly panes = new Map<number, PaneModel>()
  private readonly views: ViewScheduler<PaneModel>
  private readonly hosts = new HostClocks()
  private subs = 0
  /** The counts of all panes take turns: a controller runs few searches at a time, and the reader needs one too. */
  private readonly counting: CountEnvironment
  /** Times to jump to, of panes that have no container yet, by pane. */
  private readonly pendingJumps = new Map<number, string>()

  constructor(
    private readonly environment: PaneEnvironment,
    private readonly send: (request: Request) => void,
    private readonly emit: (event: LogEvent) => void,
  ) {
    this.counting = {
      after: (ms, task) => environment.after(ms, task),
      random: () => environment.random(),
      fetchLines: oneAtATime((...lines) => environment.fetchLines(...lines)),
    }
    this.views = new ViewScheduler(
      (ms, task) => environment.after(ms, task),
      (pane) => this.emitView(pane),
    )
  }

  handle(command: LogCommand): void {
    if (command.type === 'open') return this.open(command)
    if (command.type === 'marker')
      return this.panes.forEach((pane) => pane.feed.marker(command.text, command.time))
    const pane = this.panes.get(command.pane)
    if (pane) this.handleFor(pane, command)
  }

  /** There is a new connection: all tails subscribe again. */
  connected(): void {
    for (const pane of this.panes.values()) pane.subscribe()
  }

  /** True when the frame belongs to one of the tails. */
  handleFrame(frame: Frame): boolean {
    if (this.hosts.take(frame)) for (const pane of this.panes.values()) pane.clocksChanged()
    for (const pane of this.panes.values())
      if (pane.handleFrame(frame)) {
        this.limitMemory(pane)
        return true
      }
    if (frame.type === 'engine_status' && frame.available) this.retryRefused()
    return false
  }

  private handleFor(pane: PaneModel, command: Exclude<PaneCommand, { type: 'open' }>): void {
    switch (command.type) {
      case 'members':
        pane.setMembers(command.members)
        return this.jumpWhenPossible(pane, this.pendingJumps.get(pane.number) ?? null)
      case 'close':
        return this.close(pane)
      case 'viewport':
        return pane.setViewport(command.viewport)
      case 'filter':
        return pane.setFilter(command.filter)
      case 'find-next':
        return void pane.navigator.findNext(command.target, command.by, command.from)
      case 'jump':
        return void pane.navigator.goTo(command.time)
      case 'oldest':
        return void pane.navigator.goToOldest()
      case 'fill-gap':
        return void pane.fillGap(command.n)
      case 'unfold':
        return pane.heights.unfold(command.n, command.open)
      case 'measured':
        return pane.heights.useMeasured(command.rows)
      case 'clear':
        return pane.clear(command.undo)
      case 'search-older':
        return void pane.navigator.searchOlder()
      case 'stop-search':
        return pane.stopSearch()
      case 'show-found':
        return void pane.navigator.showFound()
      case 'text':
        return this.emit({ type: 'text', id: command.id, ...pane.text(command, command.format) })
    }
  }

  private open({ pane: number, members, filter, at, lines }: Extract<LogCommand, { type: 'open' }>): void {
    const pane: PaneModel = new PaneModel(number, filter, {
      backlogLines: lines,
      nextSub: () => `log-${++this.subs}`,
      send: this.send,
      counting: this.counting,
      hosts: this.hosts,
      fetchJson: (path) => this.environment.fetchJson(path),
      fetchLines: (...lines) => this.environment.fetchLines(...lines),
      ready: () => this.views.ready(pane),
      invalidate: () => this.views.invalidate(pane),
      changed: (urgent) => this.views.changed(pane, urgent),
      flush: (urgent) => this.views.flush(pane, urgent),
    })
    this.panes.set(number, pane)
    this.views.add(pane)
    pane.setMembers(members)
    this.jumpWhenPossible(pane, at)
  }

  private close(pane: PaneModel): void {
    pane.close()
    this.pendingJumps.delete(pane.number)
    this.panes.delete(pane.number)
    this.views.remove(pane)
  }

  /** A pane may open at a time before the container list says which containers it shows. */
  private jumpWhenPossible(pane: PaneModel, at: string | null): void {
    if (at === null) return
    if (pane.tails.all.length === 0) {
      this.pendingJumps.set(pane.number, at)
      return
    }
    this.pendingJumps.delete(pane.number)
    void pane.navigator.goTo(at)
  }

  /** An engine is available again: tails that the relay refused try once more. */
  private retryRefused(): void {
    for (const pane of this.panes.values()) pane.subscribe((tail) => tail.refusal !== null)
  }

  private limitMemory(latest: PaneModel): void {
    let bytes = 0
    let largest = latest.rows.live
    for (const { rows } of this.panes.values()) {
      bytes += rows.live.bytes
      if (rows.live.bytes > largest.bytes) largest = rows.live
    }
    if (bytes > MAX_BYTES) largest.keepNewest(Math.floor(largest.all.size * KEPT_SHARE))
  }

  private emitView(pane: PaneModel): void {
    pane.reader.keepAnchor()
    this.emit({ type: 'view', view: buildView(pane) })
  }
}
