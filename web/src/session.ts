import { inject, shallowReactive, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { browserWorld } from './connection/browser'
import { requestAction } from './connection/control'
import { RelayLink, type World } from './connection/link'
import { FIRST, isUp, type LinkState } from './connection/state'
import { applyFrame, keyOf, NOTHING_KNOWN, reconnected, type Fleet } from './features/containers/fleet'
import * as outcomes from './features/containers/outcomes'
import type { Outcomes } from './features/containers/outcomes'
import { LogPane, type Target } from './features/logs/pane'
import type { ActionName, Container, Frame } from './protocol/types'
import { instant } from './ui/time'

/**
 * What the page knows and can do: the connection, the containers, the actions on their way, the open logs. Made
 * once when the page starts; components read its refs and call its methods.
 */
export class Session {
  readonly link: ShallowRef<LinkState>
  readonly fleet: ShallowRef<Fleet> = shallowRef(NOTHING_KNOWN)
  readonly outcomes: ShallowRef<Outcomes> = shallowRef(new Map())
  /** The open logs; one for now. */
  readonly panes = shallowReactive<LogPane[]>([])
  /** Counts what came for any pane; a view draws itself anew when it changes. */
  readonly paneTicks = shallowRef(0)
  /** How far the relay's clock is ahead of the page's, in ms. */
  readonly skew = shallowRef(0)
  readonly now = shallowRef(Date.now())

  private readonly relay: RelayLink
  private subs = 0
  private paneNumbers = 0
  private stopClock: (() => void) | null = null

  constructor(
    private readonly base: string,
    private readonly world: World = browserWorld(base),
  ) {
    this.link = shallowRef({ ...FIRST, since: world.now() })
    this.relay = new RelayLink(world, {
      changed: (state) => this.linkChanged(state),
      opened: () => this.opened(),
      frame: (frame) => this.take(frame),
    })
  }

  start(): void {
    this.relay.start()
    this.tick()
  }

  stop(): void {
    this.stopClock?.()
    this.relay.stop()
  }

  retryNow(): void {
    this.relay.retryNow()
  }

  nudge(): void {
    this.relay.nudge()
  }

  networkChanged(online: boolean): void {
    this.relay.networkChanged(online)
  }

  async act(container: Container, action: ActionName): Promise<void> {
    const key = keyOf(container)
    this.outcomes.value = outcomes.asked(this.outcomes.value, key, action, this.world.now())
    const reason = await requestAction(this.base, container.controller, container.name, action)
    if (reason === null) return
    this.outcomes.value = outcomes.refused(this.outcomes.value, key, action, reason, this.world.now())
  }

  dismiss(key: string): void {
    this.outcomes.value = outcomes.dismissed(this.outcomes.value, key)
  }

  openLog(target: Target): void {
    for (const pane of [...this.panes]) this.closeLog(pane)
    const pane = new LogPane(
      ++this.paneNumbers,
      target,
      () => `log-${++this.subs}`,
      () => this.paneTicks.value++,
    )
    this.panes.push(pane)
    this.relay.send(pane.subscribe())
  }

  closeLog(pane: LogPane): void {
    this.relay.send(pane.unsubscribe())
    this.panes.splice(this.panes.indexOf(pane), 1)
  }

  private opened(): void {
    this.fleet.value = reconnected(this.fleet.value)
    for (const pane of this.panes) this.relay.send(pane.subscribe())
  }

  private linkChanged(state: LinkState): void {
    const wasUp = isUp(this.link.value)
    this.link.value = state
    this.now.value = this.world.now()
    if (wasUp && !isUp(state))
      this.outcomes.value = outcomes.connectionLost(this.outcomes.value, this.now.value)
  }

  private take(frame: Frame): void {
    if ('timestamp' in frame && frame.type !== 'pong') this.readClock(frame.timestamp)
    if (frame.type === 'action') {
      this.outcomes.value = outcomes.followed(
        this.outcomes.value,
        keyOfAction(frame),
        frame,
        this.world.now(),
      )
    } else if (!this.panes.some((pane) => pane.take(frame))) {
      this.applyToFleet(frame)
    }
  }

  private applyToFleet(frame: Frame): void {
    const before = this.fleet.value
    const after = applyFrame(before, frame)
    this.fleet.value = after
    if (after.hole && !before.hole) this.relay.send({ type: 'hello', features: ['deltas'] })
    if (frame.type === 'engine_status' && frame.available) this.retryRefusedPanes()
    if (after.containers !== before.containers) this.panes.forEach((pane) => this.followRename(pane))
  }

  private retryRefusedPanes(): void {
    for (const pane of this.panes) if (pane.refusal !== null) this.relay.send(pane.subscribe())
  }

  /** A container renamed by hand keeps its log: only what the pane is called changes. */
  private followRename(pane: LogPane): void {
    const { controller, name, id } = pane.target
    const there = this.fleet.value.containers.get(keyOf(pane.target))
    if (there) {
      if (there.id !== id) pane.target = { controller, name, id: there.id }
      return
    }
    if (id === null) return
    for (const other of this.fleet.value.containers.values()) {
      if (other.controller === controller && other.id === id)
        pane.target = { controller, name: other.name, id }
    }
  }

  private readClock(timestamp: string): void {
    const at = instant(timestamp)
    if (at !== null) this.skew.value = at - this.world.now()
  }

  private tick(): void {
    this.now.value = this.world.now()
    this.outcomes.value = outcomes.settled(this.outcomes.value, this.now.value)
    this.stopClock = this.world.after(500, () => this.tick())
  }
}

function keyOfAction(frame: { controller: string; container: string }): string {
  return keyOf({ controller: frame.controller, name: frame.container })
}

export const sessionKey: InjectionKey<Session> = Symbol('session')

/** The page's session, inside a component. */
export function useSession(): Session {
  const session = inject(sessionKey)
  if (!session) throw new Error('no session was provided')
  return session
}
