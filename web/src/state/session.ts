import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import { browserEnvironment } from '../connection/browserEnvironment'
import { fetchRecentLoads, requestAction, requestDismissal } from '../connection/http'
import type { Environment } from '../connection/relayConnection'
import { INITIAL_STATE, isConnected, type ConnectionState } from '../connection/connectionState'
import { ContainerActions } from './containers/containerActions'
import { keyOf } from './containers/containerList'
import { presentKey, underPresentKeys, type FormerIds } from './containers/formerIds'
import { applyFrame, EMPTY_FLEET, reconnected, type Fleet } from './containers/fleet'
import { HostDismissal } from './containers/hostDismissal'
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
 * What the page knows and can do: connection, containers, actions, load, history, open logs. Made once when the page
 * starts; components read its refs and call its methods.
 */
export class Session {
  readonly connection: ShallowRef<ConnectionState>
  readonly fleet: ShallowRef<Fleet> = shallowRef(EMPTY_FLEET)
  readonly outcomes: ShallowRef<Outcomes> = shallowRef(new Map())
  readonly logs: LogPanes
  /** Keys of the containers whose logs are open. */
  readonly logKeys: ComputedRef<ReadonlySet<string>> = computed(() => this.logs.keys.value)
  /** True after the relay reports another build than at first: the page is out of date. */
  readonly outdated = shallowRef(false)
  /** How far the relay's clock is ahead of the page's, in ms. */
  readonly skew = shallowRef(0)
  readonly now = shallowRef(Date.now())
  /** Key of the container that was opened from the list; null after the return to it. */
  readonly visited: ShallowRef<string | null> = shallowRef(null)

  readonly actions = new ContainerActions({
    connected: () => isConnected(this.connection.value),
    listed: (key) => this.fleet.value.containers.get(key),
    act: (container, action) => this.act(container, action),
    now: () => this.environment.now(),
    after: (ms, task) => this.environment.after(ms, task),
  })
  readonly dismissal = new HostDismissal((controller) => requestDismissal(this.base, controller))
  readonly load: LoadStore
  readonly history: HistoryStore

  /** The worker with the connection and the logs. */
  private readonly worker: WorkerClient
  private readonly environment: Environment
  /** The first build that the relay reported; null before. */
  private build: string | null = null
  private stopClock: (() => void) | null = null

  /**
   * @param base the page's address
   * @param environment a test's; everything runs on the page then, else the connection runs in a worker
   */
  constructor(
    private readonly base: string,
    environment?: Environment,
  ) {
    this.environment = environment ?? browserEnvironment(base)
    this.connection = shallowRef({ ...INITIAL_STATE, since: this.environment.now() })
    this.worker = new WorkerClient(
      environment ? openOnPage(environment) : openInWorker(base),
      this.environment,
      (event) => this.handle(event),
      () => this.logs.workerRestarted(),
    )
    this.logs = new LogPanes(this.worker, () => this.fleet.value)
    this.load = new LoadStore(
      (request) => this.worker.send(request),
      (ms, task) => this.environment.after(ms, task),
      () => fetchRecentLoads(base),
    )
    this.history = new HistoryStore(base)
  }

  start(): void {
    this.worker.start()
    this.tick()
  }

  stop(): void {
    this.stopClock?.()
    this.load.stop()
    this.worker.stop()
  }

  /** When the current connection began, by the page's clock; null without one. Reactive. */
  connectedSince(): number | null {
    const state = this.connection.value
    return isConnected(state) ? state.since : null
  }

  retryNow(): void {
    this.worker.retryNow()
  }

  nudge(): void {
    this.worker.nudge()
  }

  networkChanged(online: boolean): void {
    this.worker.networkChanged(online)
  }

  async act(container: Container, action: ActionName): Promise<void> {
    const key = keyOf(container)
    this.outcomes.value = outcomes.requested(this.outcomes.value, key, action, this.environment.now())
    const reason = await requestAction(this.base, container.controller, container.name, action)
    if (reason === null) return
    this.outcomes.value = outcomes.rejected(this.outcomes.value, key, action, reason, this.environment.now())
  }

  dismiss(key: string): void {
    this.outcomes.value = outcomes.dismissed(this.outcomes.value, key)
  }

  /** Shows a container's log, instead of the open logs or beside them. */
  openLog(target: Target, how: 'alone' | 'beside' = 'alone'): void {
    if (how === 'beside') this.logs.openBeside(target)
    else this.logs.open(target)
  }

  /** Shows the merged log of a compose project on a host, or on all of them with null, including containers that are created later. */
  openProjectLog({ project, controller }: { project: string; controller: string | null }): void {
    this.logs.openMembers([{ kind: 'project', project, controller }])
  }

  send(request: Request): void {
    this.worker.send(request)
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
    this.now.value = this.environment.now()
    if (wasUp && !isConnected(state))
      this.outcomes.value = outcomes.connectionLost(this.outcomes.value, this.now.value)
  }

  private received(frame: Frame): void {
    if ('timestamp' in frame && frame.type !== 'pong') this.readClock(frame.timestamp)
    if (frame.type === 'heartbeat') this.checkBuild(frame.build)
    if ('changes' in frame) this.history.add(frame.changes)
    if (frame.type === 'stats') {
      this.load.add(frame)
    } else if (frame.type === 'action') {
      this.outcomes.value = outcomes.progressed(
        this.outcomes.value,
        keyOfAction(frame),
        frame,
        this.environment.now(),
      )
    } else {
      this.applyToFleet(frame)
    }
  }

  private applyToFleet(frame: Frame): void {
    const before = this.fleet.value
    const after = applyFrame(before, frame)
    this.fleet.value = after
    if (after.missedChange && !before.missedChange) this.worker.send({ type: 'hello', features: ['deltas'] })
    if (after.former !== before.former) this.moved(after.former)
    if (after.containers === before.containers && after.former === before.former) return
    this.outcomes.value = outcomes.listed(this.outcomes.value, after.containers, this.environment.now())
    this.logs.fleetChanged()
  }

  /** Hosts have other ids: what belongs to their containers goes on under these. */
  private moved(ids: FormerIds): void {
    this.outcomes.value = underPresentKeys(ids, this.outcomes.value)
    this.history.moved(ids)
    this.load.moved(ids)
    if (this.visited.value !== null) this.visited.value = presentKey(ids, this.visited.value)
  }

  private checkBuild(build: string | null): void {
    this.build ??= build
    if (build !== null && build !== this.build) this.outdated.value = true
  }

  private readClock(timestamp: string): void {
    const at = instant(timestamp)
    if (at !== null) this.skew.value = at - this.environment.now()
  }

  /** Whether the health check of a started container has no result yet. */
  private isStarting(key: string): boolean {
    return this.fleet.value.containers.get(key)?.health === 'starting'
  }

  private tick(): void {
    this.now.value = this.environment.now()
    this.outcomes.value = outcomes.withoutExpired(this.outcomes.value, this.now.value, (key) =>
      this.isStarting(key),
    )
    this.stopClock = this.environment.after(500, () => this.tick())
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
