import { RelayLink, type World } from '../connection/link'
import type { LinkState } from '../connection/state'
import type { Frame } from '../protocol/types'
import type { WorkerCommand, WorkerEvent } from './messages'
import { Pane, type PaneWorld } from '../logs/pane/paneModel'
import { textOf } from '../logs/pane/textExport'
import { viewOf } from '../logs/pane/viewBuilder'
import { walk } from '../logs/pane/findNext'

/** What all panes together may keep, about; the heaviest lets go first. */
const MOST_BYTES = 128 * 1024 * 1024
/** A reader who stands still is told how much has come so often. */
const COUNT_EVERY_MS = 150
/** More panes than so many are not drawn as often as the screen is: nobody reads ten logs line by line. */
const MANY = 4
/** How often each of them is. */
const CROWDED_EVERY_MS = 50

/**
 * The connection to the relay and the logs of all panes: takes orders from the page, reports back. Runs in the
 * worker (in tests on the page); knows neither Vue nor the DOM. There is one as long as the page is open.
 */
export class RelayWorker {
  private readonly relay: RelayLink
  private readonly panes = new Map<number, Pane>()
  private subs = 0
  /** Moments to stand still at, of panes that show no container yet. */
  private readonly awaited = new Map<number, string>()
  /** Waits that have begun, in ms. */
  private readonly waits = new Set<number>()
  private readonly paneWorld: PaneWorld

  constructor(
    private readonly world: World,
    private readonly report: (report: WorkerEvent) => void,
  ) {
    this.relay = new RelayLink(world, {
      changed: (state) => this.linkChanged(state),
      opened: () => this.opened(),
      frame: (frame) => this.take(frame),
    })
    this.paneWorld = {
      nextSub: () => `log-${++this.subs}`,
      send: (request) => void this.relay.send(request),
      fetchJson: (path) => world.fetchJson(path),
      changed: (pane, urgent) => this.changed(pane, urgent),
    }
  }

  obey(order: WorkerCommand): void {
    switch (order.order) {
      case 'start':
        return this.relay.start()
      case 'stop':
        return this.relay.stop()
      case 'retry':
        return this.relay.retryNow()
      case 'nudge':
        return this.relay.nudge()
      case 'network':
        return this.relay.networkChanged(order.online)
      case 'send':
        return void this.relay.send(order.request)
      case 'ask':
        return this.report({ report: 'alive', id: order.id })
      case 'open':
        return this.open(order)
      case 'mark':
        return this.panes.forEach((pane) => pane.arrivals.mark(order.text, order.time))
      default: {
        const pane = this.panes.get(order.pane)
        if (pane) this.obeyFor(pane, order)
      }
    }
  }

  private obeyFor(pane: Pane, order: Extract<WorkerCommand, { pane: number }>): void {
    switch (order.order) {
      case 'members':
        pane.show(order.members)
        return this.jumpWhenKnown(pane, this.awaited.get(pane.number) ?? null)
      case 'close':
        pane.close()
        this.awaited.delete(pane.number)
        return void this.panes.delete(pane.number)
      case 'look':
        return pane.lookAt(order.look)
      case 'sift':
        return pane.sift(order.sieve)
      case 'walk':
        return walk(pane, order.stride, order.by, order.from)
      case 'jump':
        return void pane.history.jump(order.time)
      case 'fill':
        return void pane.fill(order.n)
      case 'unfold':
        return pane.ruler.unfold(order.n, order.open)
      case 'measured':
        return pane.ruler.believe(order.rows)
      case 'clear':
        return pane.clear(order.undo)
      case 'search-older':
        return order.on ? void pane.history.searchOlder() : pane.history.stopSearch()
      case 'text':
        return this.report({
          report: 'text',
          id: order.id,
          ...textOf(pane, order.from, order.to, order.form),
        })
    }
  }

  private open({ pane: number, members, sieve, at, lines }: Extract<WorkerCommand, { order: 'open' }>): void {
    const pane = new Pane(number, sieve, lines, this.paneWorld)
    this.panes.set(number, pane)
    pane.show(members)
    this.jumpWhenKnown(pane, at)
  }

  /** A pane may be opened at a moment before the list has told which containers it shows. */
  private jumpWhenKnown(pane: Pane, at: string | null): void {
    if (at === null) return
    if (pane.tails.size === 0) {
      this.awaited.set(pane.number, at)
      return
    }
    this.awaited.delete(pane.number)
    void pane.history.jump(at)
  }

  private linkChanged(state: LinkState): void {
    this.report({ report: 'link', state })
  }

  private opened(): void {
    for (const pane of this.panes.values()) pane.subscribe()
    this.report({ report: 'opened' })
  }

  private take(frame: Frame): void {
    for (const pane of this.panes.values())
      for (const tail of pane.tails.values()) if (tail.take(frame)) return this.taken(pane)
    if (frame.type === 'engine_status' && frame.available)
      for (const pane of this.panes.values()) pane.subscribe((tail) => tail.refusal !== null)
    this.report({ report: 'frame', frame })
  }

  /** Also a frame that brings no line may tell why there is none. */
  private taken(pane: Pane): void {
    this.changed(pane, false)
    let weight = 0
    let heaviest = pane
    for (const one of this.panes.values()) {
      weight += one.live.weight
      if (one.live.weight > heaviest.live.weight) heaviest = one
    }
    if (weight > MOST_BYTES) heaviest.live.keep(Math.floor(heaviest.live.all.size * 0.9))
  }

  private changed(pane: Pane, urgent: boolean): void {
    pane.dirty = true
    pane.urgent ||= urgent
    if (!pane.credit) return
    const wait = this.waitOf(pane)
    if (wait === 0) return this.show(pane)
    if (this.waits.has(wait)) return
    this.waits.add(wait)
    this.world.after(wait, () => this.waited(wait))
  }

  private waitOf(pane: Pane): number {
    if (pane.urgent) return 0
    if (pane.still) return COUNT_EVERY_MS
    return this.panes.size > MANY ? CROWDED_EVERY_MS : 0
  }

  private waited(wait: number): void {
    this.waits.delete(wait)
    for (const pane of this.panes.values()) if (pane.dirty && pane.credit) this.show(pane)
  }

  private show(pane: Pane): void {
    if (!this.panes.has(pane.number)) return
    pane.dirty = pane.urgent = false
    pane.credit = false
    this.report({ report: 'view', view: viewOf(pane) })
  }
}
