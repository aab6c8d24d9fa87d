import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import { browserEnvironment } from '../connection/browserEnvironment'
import { requestAction } from '../connection/http'
import type { Environment } from '../connection/relayConnection'
import { INITIAL_STATE, isConnected, type ConnectionState } from '../connection/connectionState'
import { ContainerActions } from './containers/containerActions'
import { keyOf } from './containers/containerList'
import { applyFrame, EMPTY_FLEET, reconnected, type Fleet } from './containers/fleet'
import * as outcomes from './containers/outcomes'
import type { Outcomes } from './containers/outcomes'
import { HistoryStore } from './history/historyStore'
import { LoadStore } from './load/loadStore'
import { LogPanes } from './logs/logPanes'
import type { WorkerEvent } from '../worker/messages'
import { openInWorker, openOnPage } from '../worker/workerPort'
import { WorkerClient } from '../worker/workerClient'
import type { Target } from '../logs/target'
import type { ActionName, Container, Frame, Request } from '../protocol/types'
import { instant } from '../ui/time'

/**
 * What the page knows and can do: the connection, the containers, the actions on their way, the open logs. Made
 * once when the page starts; components read its refs and call its methods.
 */
export class Session {
  readonly connection: ShallowRef<ConnectionState>
  readonly fleet: ShallowRef<Fleet> = shallowRef(EMPTY_FLEET)
  readonly outcomes: ShallowRef<Outcomes> = shallowRef(new Map())
  readonly logs: LogPanes
  /** Keys of the containers whose logs are open. */
  readonly logKeys: ComputedRef<ReadonlySet<string>> = computed(() => this.logs.keys.value)
  /** Another build of the relay answers than the one that was heard first. */
  readonly outdated = shallowRef(false)
  /** How far the relay's clock is ahead of the page's, in ms. */
  readonly skew = shallowRef(0)
  readonly now = shallowRef(Date.now())

  readonly actions = new ContainerActions({
    connected: () => isConnected(this.connection.value),
    act: (container, action) => this.act(container, action),
  })
  readonly load: LoadStore
  readonly history: HistoryStore

  /** The worker with the connection and the logs. */
  private readonly relay: WorkerClient
  private readonly world: Environment
  /** The relay's first word on its own build; null before it. */
  private build: string | null = null
  private stopClock: (() => void) | null = null

  /** With a world of its own, a test's, everything runs on the page; else the connection lives in a worker. */
  constructor(
    private readonly base: string,
    world?: Environment,
  ) {
    this.world = world ?? browserEnvironment(base)
    this.connection = shallowRef({ ...INITIAL_STATE, since: this.world.now() })
    this.relay = new WorkerClient(
      world ? openOnPage(world) : openInWorker(base),
      this.world,
      (event) => this.handle(event),
      () => this.logs.workerRestarted(),
    )
    this.logs = new LogPanes(this.relay, () => this.fleet.value)
    this.load = new LoadStore(
      (request) => this.relay.send(request),
      (ms, task) => this.world.after(ms, task),
    )
    this.history = new HistoryStore(base)
  }

  start(): void {
    this.relay.start()
    this.tick()
  }

  stop(): void {
    this.stopClock?.()
    this.load.stop()
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
    this.outcomes.value = outcomes.requested(this.outcomes.value, key, action, this.world.now())
    const reason = await requestAction(this.base, container.controller, container.name, action)
    if (reason === null) return
    this.outcomes.value = outcomes.rejected(this.outcomes.value, key, action, reason, this.world.now())
  }

  dismiss(key: string): void {
    this.outcomes.value = outcomes.dismissed(this.outcomes.value, key)
  }

  /** Shows a container's log: in the place of those that are open, or beside them. */
  openLog(target: Target, how: 'alone' | 'beside' = 'alone'): void {
    if (how === 'beside') this.logs.openBeside(target)
    else this.logs.open(target)
  }

  /** One log of all that a compose project has on a host, those that come later included. */
  openLogOf({ project, controller }: { project: string; controller: string }): void {
    this.logs.openMembers([{ kind: 'project', project, controller }])
  }

  send(request: Request): void {
    this.relay.send(request)
  }

  private handle(event: WorkerEvent): void {
    switch (event.type) {
      case 'connection':
        return this.connectionChanged(event.state)
      case 'opened':
        return this.opened()
      case 'frame':
        return this.received(event.frame)
      case 'view':
      case 'text':
        return this.logs.handle(event)
    }
  }

  private opened(): void {
    this.fleet.value = reconnected(this.fleet.value)
    this.load.connected()
    void this.history.catchUp()
  }

  private connectionChanged(state: ConnectionState): void {
    const wasUp = isConnected(this.connection.value)
    this.connection.value = state
    this.now.value = this.world.now()
    if (wasUp && !isConnected(state))
      this.outcomes.value = outcomes.connectionLost(this.outcomes.value, this.now.value)
  }

  private received(frame: Frame): void {
    if ('timestamp' in frame && frame.type !== 'pong') this.readClock(frame.timestamp)
    if (frame.type === 'heartbeat') this.hearBuild(frame.build)
    if ('changes' in frame) this.history.add(frame.changes)
    if (frame.type === 'stats') {
      this.load.take(frame)
    } else if (frame.type === 'action') {
      this.outcomes.value = outcomes.progressed(
        this.outcomes.value,
        keyOfAction(frame),
        frame,
        this.world.now(),
      )
    } else {
      this.applyToFleet(frame)
    }
  }

  private applyToFleet(frame: Frame): void {
    const before = this.fleet.value
    const after = applyFrame(before, frame)
    this.fleet.value = after
    if (after.missedChange && !before.missedChange) this.relay.send({ type: 'hello', features: ['deltas'] })
    if (after.containers !== before.containers) this.logs.fleetChanged()
  }

  private hearBuild(build: string | null): void {
    this.build ??= build
    if (build !== null && build !== this.build) this.outdated.value = true
  }

  private readClock(timestamp: string): void {
    const at = instant(timestamp)
    if (at !== null) this.skew.value = at - this.world.now()
  }

  /** What was started may have a health check that has not said anything yet. */
  private isStarting(key: string): boolean {
    return this.fleet.value.containers.get(key)?.health === 'starting'
  }

  private tick(): void {
    this.now.value = this.world.now()
    this.outcomes.value = outcomes.withoutExpired(this.outcomes.value, this.now.value, (key) =>
      this.isStarting(key),
    )
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
