import { decodeFrame } from '../protocol/decode'
import type { LinesEnd } from '../protocol/jsonLines'
import type { Frame, Request } from '../protocol/types'
import { backoffDelay, STABLE_AFTER_MS } from './backoff'
import { liveness, PING_INTERVAL_MS } from './liveness'
import { INITIAL_STATE, isConnected, type ConnectionState, type Obstacle } from './connectionState'

/** The part of a WebSocket that the connection uses. */
export interface RelaySocket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
}

/** The parts of the browser that the connection uses. A test has its own and controls time with it. */
export interface Environment {
  openSocket(): RelaySocket
  now(): number
  /** Runs a task later; returns a function that cancels it. */
  after(ms: number, task: () => void): () => void
  /** In [0, 1). */
  random(): number
  /** What keeps a WebSocket from the relay; null when it cannot accept one now. Fails when the relay does not answer. */
  obstacle(): Promise<Obstacle | null>
  /** JSON from the relay at a path relative to the page. Fails with a message for the reader. */
  fetchJson(path: string): Promise<unknown>
  /** JSON lines from the relay, each when it arrives. Never fails; ends when the signal aborts. */
  fetchLines(path: string, onLine: (json: unknown) => void, signal: AbortSignal): Promise<LinesEnd>
}

export interface ConnectionListener {
  changed(state: ConnectionState): void
  opened(): void
  frame(frame: Frame): void
}

const TICK_MS = 1000
/** The relay's close code for a reader who may see nothing any more. After any other code the page tries again. */
const NOT_ALLOWED = 4004
/** The relay's close code for a session that has ended; another relay may still know it. */
const SIGNED_OUT = 4005

/**
 * The page's one connection to the relay: reconnects by the shared backoff table, detects silence, and hands on
 * decoded frames. Lives as long as the page; knows neither Vue nor the DOM.
 */
export class RelayConnection {
  private state: ConnectionState
  /** The socket in use; events of any other are ignored. */
  private socket: RelaySocket | null = null
  /** When the socket opened; null while it is not open. */
  private openedAt: number | null = null
  /** Position in the backoff table. */
  private retries = 0
  /** True when the next attempt follows at once, because a stable connection has just broken. */
  private retryAtOnce = false
  private cancelRetry: (() => void) | null = null
  private cancelTick: (() => void) | null = null
  private ping: { id: string; at: number } | null = null
  private pings = 0

  constructor(
    private readonly environment: Environment,
    private readonly listener: ConnectionListener,
  ) {
    this.state = { ...INITIAL_STATE, since: environment.now() }
  }

  start(): void {
    this.connect()
    this.tick()
  }

  stop(): void {
    this.cancelRetry?.()
    this.cancelTick?.()
    this.drop()
  }

  /** True when the request went to an open socket. */
  send(request: Request): boolean {
    if (!this.socket || this.openedAt === null) return false
    this.socket.send(JSON.stringify(request))
    return true
  }

  /** The reader asks for an attempt now. */
  retryNow(): void {
    if (isConnected(this.state) || this.state.phase === 'connecting') return
    this.connect()
  }

  /** The page became visible, or the network came back: try now, unless the relay refused the page. */
  nudge(): void {
    if (this.state.phase !== 'refused') this.retryNow()
  }

  /** The browser reports whether it has a network. */
  networkChanged(online: boolean): void {
    if (online) this.nudge()
    else if (this.state.phase === 'waiting') this.change({ phase: 'offline' })
  }

  private connect(): void {
    this.cancelRetry?.()
    this.cancelRetry = null
    this.drop()
    const attempt = this.state.attempt + 1
    this.change({ phase: 'connecting', attempt, retryAt: null, ...this.signedIn() })
    const socket = this.environment.openSocket()
    this.socket = socket
    socket.onopen = () => this.socket === socket && this.opened()
    socket.onmessage = (event) => this.socket === socket && this.received(event.data)
    socket.onclose = (event) => this.socket === socket && this.closed(event.code, event.reason)
  }

  /** The reader may have signed in meanwhile: the time before was no outage. */
  private signedIn(): Partial<ConnectionState> {
    return this.state.obstacle?.kind === 'signin' ? { obstacle: null, since: this.environment.now() } : {}
  }

  private opened(): void {
    const now = this.environment.now()
    this.openedAt = now
    this.ping = null
    this.change({ phase: 'live', since: now, attempt: 0, lastFrameAt: now, latencyMs: null, obstacle: null })
    this.send({ type: 'hello', features: ['deltas'] })
    this.listener.opened()
  }

  private received(data: unknown): void {
    const now = this.environment.now()
    const frame = this.decode(data)
    if (frame?.type === 'pong' && frame.id === this.ping?.id) {
      this.change({ latencyMs: now - this.ping!.at })
    }
    if (this.state.phase === 'stale') this.change({ phase: 'live', lastFrameAt: now })
    else this.state.lastFrameAt = now
    if (frame) this.listener.frame(frame)
  }

  private decode(data: unknown): Frame | null {
    try {
      return typeof data === 'string' ? decodeFrame(data) : null
    } catch (problem) {
      // Only this frame is lost. Its text may contain log lines, so it is not printed.
      console.warn('ignored a malformed frame from the relay:', (problem as Error).message)
      return null
    }
  }

  private closed(code: number, reason: string): void {
    const now = this.environment.now()
    const wasOpen = this.openedAt !== null
    const stable = wasOpen && now - this.openedAt! >= STABLE_AFTER_MS
    if (stable) this.retries = 0
    this.retryAtOnce = stable
    // The outage of a silent connection began with the silence, not now.
    const lostAt = this.state.phase === 'stale' ? (this.state.lastFrameAt ?? now) : now
    if (wasOpen) this.change({ since: lostAt, attempt: 0 })
    this.socket = null
    this.openedAt = null
    if (code === NOT_ALLOWED) this.refuse({ kind: 'rights', reason })
    // The page asks first who it is now: the next connection may be another user's.
    else if (stable && code === SIGNED_OUT) this.refuse({ kind: 'signin' })
    else if (wasOpen && code !== SIGNED_OUT) this.planRetry()
    else this.fetchObstacle()
  }

  /** A page cannot see the status of a refused handshake, so it fetches the reason. */
  private fetchObstacle(): void {
    this.planRetry()
    const { attempt } = this.state
    const found = (obstacle: Obstacle | null) => {
      if (this.state.phase === 'waiting' && this.state.attempt === attempt) this.found(obstacle)
    }
    // No answer is an outage like any other.
    this.environment.obstacle().then(found, () => found(null))
  }

  private found(obstacle: Obstacle | null): void {
    if (obstacle !== null && obstacle.kind !== 'upgrade') this.refuse(obstacle)
    // The relay may have started between the handshake and the request; the second time it has not.
    else if (obstacle === null || this.state.attempt > 1) this.change({ obstacle })
  }

  private refuse(obstacle: Obstacle): void {
    this.cancelRetry?.()
    this.cancelRetry = null
    this.change({ phase: 'refused', retryAt: null, obstacle })
  }

  private planRetry(): void {
    const delay = this.retryAtOnce ? 0 : backoffDelay(this.retries++, this.environment.random())
    this.retryAtOnce = false
    this.change({ phase: 'waiting', retryAt: this.environment.now() + delay })
    this.cancelRetry = this.environment.after(delay, () => this.connect())
  }

  private tick(): void {
    this.cancelTick = this.environment.after(TICK_MS, () => this.tick())
    if (this.openedAt === null) return
    const now = this.environment.now()
    const alive = liveness(this.state.lastFrameAt!, now)
    if (alive === 'dead') {
      const abandoned = this.socket
      this.closed(1006, '')
      abandoned?.close()
    } else {
      if (alive === 'stale' && this.state.phase === 'live') this.change({ phase: 'stale' })
      if (!this.ping || now - this.ping.at >= PING_INTERVAL_MS) this.sendPing(now)
    }
  }

  private sendPing(now: number): void {
    this.ping = { id: String(++this.pings), at: now }
    this.send({ type: 'ping', id: this.ping.id })
  }

  private drop(): void {
    const socket = this.socket
    this.socket = null
    this.openedAt = null
    socket?.close()
  }

  private change(part: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...part }
    this.listener.changed(this.state)
  }
}
