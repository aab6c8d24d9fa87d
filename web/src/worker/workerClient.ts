import type { Request } from '../protocol/types'
import type { OpenWorkerPort, WorkerPort } from './workerPort'
import type { WorkerCommand, WorkerEvent } from './messages'

/** An answer to `ask` that takes longer than this means that a pattern has the worker hanging. */
const ANSWERS_WITHIN_MS = 1000
/** After the time is up: the page itself may have been busy, with the answer already waiting. */
const GRACE_MS = 100
const ASK_EVERY_MS = 2000

interface Clock {
  after(ms: number, task: () => void): () => void
}

/**
 * The page's hold on the worker that has the socket and the logs: gives it orders, watches that it answers while
 * patterns of the reader's run in it, and starts another one when it does not.
 */
export class WorkerClient {
  private post: WorkerPort
  private asked = 0
  private waiting = false
  private watching = false
  private cancel: (() => void) | null = null

  constructor(
    private readonly open: OpenWorkerPort,
    private readonly clock: Clock,
    private readonly report: (report: WorkerEvent) => void,
    /** Another worker has begun: it knows nothing yet. */
    private readonly begunAnew: () => void,
  ) {
    this.post = this.begin()
  }

  start(): void {
    this.give({ order: 'start' })
  }

  stop(): void {
    this.cancel?.()
    this.post.end()
  }

  send(request: Request): void {
    this.give({ order: 'send', request })
  }

  retryNow(): void {
    this.give({ order: 'retry' })
  }

  nudge(): void {
    this.give({ order: 'nudge' })
  }

  networkChanged(online: boolean): void {
    this.give({ order: 'network', online })
  }

  give(order: WorkerCommand): void {
    this.post.give(order)
  }

  /** Whether patterns run in the worker, so that it has to be watched. */
  watch(on: boolean): void {
    this.watching = on
    if (on) this.ask()
    else if (!this.waiting) this.cancel?.()
  }

  private begin(): WorkerPort {
    const post: WorkerPort = this.open((report) => {
      if (this.post !== post && this.post !== undefined) return
      if (report.report === 'alive') this.answered(report.id)
      else this.report(report)
    })
    return post
  }

  private ask(): void {
    this.cancel?.()
    this.waiting = true
    this.cancel = this.clock.after(ANSWERS_WITHIN_MS, () => {
      this.cancel = this.clock.after(GRACE_MS, () => this.late())
    })
    this.give({ order: 'ask', id: ++this.asked })
  }

  private answered(id: number): void {
    if (id !== this.asked || !this.waiting) return
    this.waiting = false
    this.cancel?.()
    this.cancel = this.watching ? this.clock.after(ASK_EVERY_MS, () => this.ask()) : null
  }

  private late(): void {
    if (!this.waiting) return
    this.waiting = false
    this.watching = false
    this.post.end()
    this.post = this.begin()
    this.begunAnew()
    this.start()
  }
}
