import { decodeFrame } from '../protocol/decode'
import type { Frame, Request } from '../protocol/types'
import { backoffDelay, STEADY_AFTER_MS } from './backoff'
import { liveness, PING_EVERY_MS } from './liveness'
import { FIRST, isUp, type LinkState } from './state'

/** The part of a WebSocket that the link needs. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
}

/** Everything of the world that the link touches, so that a test can hold it still. */
export interface World {
  open(): Socket
  now(): number
  after(ms: number, task: () => void): () => void
  chance(): number
  /** Why a handshake was refused: a sentence when the relay says no for good, else null. */
  refusal(): Promise<string | null>
  /** JSON of the relay's at a path relative to the page; fails with a sentence. */
  fetchJson(path: string): Promise<unknown>
}

export interface Listener {
  changed(state: LinkState): void
  opened(): void
  frame(frame: Frame): void
}

const TICK_MS = 1000
/** The relay's close code for a page that is not welcome; every other one is worth another attempt. */
const NOT_ALLOWED = 4004

/**
 * The page's one connection to the relay: keeps itself open by the shared backoff table, notices silence,
 * and hands on decoded frames. Lives as long as the page; knows neither Vue nor the DOM.
 */
export class RelayLink {
  private state: LinkState
  /** The socket in use; events of any other are ignored. */
  private socket: Socket | null = null
  /** When the socket opened; null while it has not. */
  private openedAt: number | null = null
  /** How far down the backoff table this outage is. */
  private rung = 0
  /** True when the next retry may be at once: a steady connection has just broken. */
  private retryAtOnce = false
  private cancelRetry: (() => void) | null = null
  private cancelTick: (() => void) | null = null
  private ping: { id: string; at: number } | null = null
  private pings = 0

  constructor(
    private readonly world: World,
    private readonly listener: Listener,
  ) {
    this.state = { ...FIRST, since: world.now() }
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

  /** True when it was handed to an open socket. */
  send(request: Request): boolean {
    if (!this.socket || this.openedAt === null) return false
    this.socket.send(JSON.stringify(request))
    return true
  }

  /** A person asks for an attempt now. */
  retryNow(): void {
    if (isUp(this.state) || this.state.phase === 'connecting') return
    this.connect()
  }

  /** The page came back to the front, or the network did: worth an attempt, unless the relay has said no. */
  nudge(): void {
    if (this.state.phase !== 'refused') this.retryNow()
  }

  /** The browser says whether it has a network at all. */
  networkChanged(online: boolean): void {
    if (online) this.nudge()
    else if (this.state.phase === 'waiting') this.change({ phase: 'offline' })
  }

  private connect(): void {
    this.cancelRetry?.()
    this.cancelRetry = null
    this.drop()
    this.change({ phase: 'connecting', attempt: this.state.attempt + 1, retryAt: null, reason: null })
    const socket = this.world.open()
    this.socket = socket
    socket.onopen = () => this.socket === socket && this.opened()
    socket.onmessage = (event) => this.socket === socket && this.received(event.data)
    socket.onclose = (event) => this.socket === socket && this.closed(event.code, event.reason)
  }

  private opened(): void {
    const now = this.world.now()
    this.openedAt = now
    this.ping = null
    this.change({ phase: 'live', since: now, attempt: 0, lastFrameAt: now, latencyMs: null })
    this.send({ type: 'hello', features: ['deltas'] })
    this.listener.opened()
  }

  private received(data: unknown): void {
    const now = this.world.now()
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
      // One bad frame costs itself only; its text may hold log lines, so it is not printed.
      console.warn('ignored a frame of the relay:', (problem as Error).message)
      return null
    }
  }

  private closed(code: number, reason: string): void {
    const now = this.world.now()
    const wasOpen = this.openedAt !== null
    const steady = wasOpen && now - this.openedAt! >= STEADY_AFTER_MS
    if (steady) this.rung = 0
    this.retryAtOnce = steady
    // A silent connection was lost when it fell silent, not when we gave it up.
    const lostAt = this.state.phase === 'stale' ? (this.state.lastFrameAt ?? now) : now
    if (wasOpen) this.change({ since: lostAt, attempt: 0 })
    this.socket = null
    this.openedAt = null
    if (code === NOT_ALLOWED) this.refuse(reason)
    else if (wasOpen) this.planRetry()
    else this.askWhy()
  }

  /** A page cannot see the status of a refused handshake, so it asks. */
  private askWhy(): void {
    this.planRetry()
    this.world.refusal().then(
      (reason) => {
        if (reason !== null && this.state.phase === 'waiting') this.refuse(reason)
      },
      () => {
        // Nobody answers: that is an outage like any other.
      },
    )
  }

  private refuse(reason: string): void {
    this.cancelRetry?.()
    this.cancelRetry = null
    this.change({ phase: 'refused', retryAt: null, reason })
  }

  private planRetry(): void {
    const delay = this.retryAtOnce ? 0 : backoffDelay(this.rung++, this.world.chance())
    this.retryAtOnce = false
    this.change({ phase: 'waiting', retryAt: this.world.now() + delay })
    this.cancelRetry = this.world.after(delay, () => this.connect())
  }

  private tick(): void {
    this.cancelTick = this.world.after(TICK_MS, () => this.tick())
    if (this.openedAt === null) return
    const now = this.world.now()
    const alive = liveness(this.state.lastFrameAt!, now)
    if (alive === 'dead') {
      const abandoned = this.socket
      this.closed(1006, '')
      abandoned?.close()
    } else {
      if (alive === 'stale' && this.state.phase === 'live') this.change({ phase: 'stale' })
      if (!this.ping || now - this.ping.at >= PING_EVERY_MS) this.sendPing(now)
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

  private change(part: Partial<LinkState>): void {
    this.state = { ...this.state, ...part }
    this.listener.changed(this.state)
  }
}
