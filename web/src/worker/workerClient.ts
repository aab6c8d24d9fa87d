import type { Request } from '../protocol/types'
import type { WorkerCommand, WorkerEvent } from './messages'
import type { OpenWorkerPort, WorkerPort } from './workerPort'

/** A `pong` that takes longer than this means that a search pattern hangs the worker. */
const PONG_TIMEOUT_MS = 1000
/** Added to the timeout: the page itself may have been busy while the pong was already waiting. */
const GRACE_MS = 100
const PING_INTERVAL_MS = 2000

interface Clock {
  /** Runs a task later; returns a function that cancels it. */
  after(ms: number, task: () => void): () => void
}

/**
 * The page's client of the worker: posts commands, and hands on events. While search patterns run in the worker it
 * pings the worker, and replaces a worker that does not answer. Lives as long as the page's session.
 */
export class WorkerClient {
  private port: WorkerPort
  private pings = 0
  private waiting = false
  private watching = false
  private cancel: (() => void) | null = null

  constructor(
    private readonly open: OpenWorkerPort,
    private readonly clock: Clock,
    private readonly onEvent: (event: WorkerEvent) => void,
    /** A new worker has replaced the old one: it has no panes yet. */
    private readonly onRestart: () => void,
  ) {
    this.port = this.openPort()
  }

  start(): void {
    this.post({ type: 'start' })
  }

  stop(): void {
    this.cancel?.()
    this.port.terminate()
  }

  /** Sends a request to the relay; it is lost when there is no connection. */
  send(request: Request): void {
    this.post({ type: 'send', request })
  }

  retryNow(): void {
    this.post({ type: 'retry' })
  }

  nudge(): void {
    this.post({ type: 'nudge' })
  }

  networkChanged(online: boolean): void {
    this.post({ type: 'network', online })
  }

  post(command: WorkerCommand): void {
    this.port.post(command)
  }

  /** @param on whether search patterns run in the worker, so that it has to be watched */
  watch(on: boolean): void {
    this.watching = on
    if (on) this.ping()
    else if (!this.waiting) this.cancel?.()
  }

  private openPort(): WorkerPort {
    const port: WorkerPort = this.open((event) => {
      if (this.port !== port && this.port !== undefined) return
      if (event.type === 'pong') this.ponged(event.id)
      else this.onEvent(event)
    })
    return port
  }

  private ping(): void {
    this.cancel?.()
    this.waiting = true
    this.cancel = this.clock.after(PONG_TIMEOUT_MS, () => {
      this.cancel = this.clock.after(GRACE_MS, () => this.timedOut())
    })
    this.post({ type: 'ping', id: ++this.pings })
  }

  private ponged(id: number): void {
    if (id !== this.pings || !this.waiting) return
    this.waiting = false
    this.cancel?.()
    this.cancel = this.watching ? this.clock.after(PING_INTERVAL_MS, () => this.ping()) : null
  }

  private timedOut(): void {
    if (!this.waiting) return
    this.waiting = false
    this.watching = false
    this.port.terminate()
    this.port = this.openPort()
    this.onRestart()
    this.start()
  }
}
