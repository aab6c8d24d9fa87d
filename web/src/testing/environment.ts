import type { Obstacle } from '../connection/connectionState'
import type { Environment, RelaySocket } from '../connection/relayConnection'
import type { LinesEnd } from '../protocol/jsonLines'

/** A socket that a test opens, feeds and closes. */
export class FakeSocket implements RelaySocket {
  sent: { type: string; [field: string]: unknown }[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.onopen?.()
  }

  receive(message: object | string): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) })
  }

  fail(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason })
  }
}

/** An environment in which time passes only by `pass`. */
export class FakeEnvironment implements Environment {
  sockets: FakeSocket[] = []
  time = 1_000_000
  /** What `random` returns. */
  randomValue = 1
  /** What `obstacle` resolves to. */
  found: Obstacle | null = null
  private tasks: { at: number; task: () => void }[] = []

  get socket(): FakeSocket {
    return this.sockets.at(-1)!
  }

  openSocket(): RelaySocket {
    this.sockets.push(new FakeSocket())
    return this.socket
  }

  now(): number {
    return this.time
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.time + ms, task }
    this.tasks.push(entry)
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry)
    }
  }

  random(): number {
    return this.randomValue
  }

  /** How often `obstacle` was asked for. */
  asked = 0

  async obstacle(): Promise<Obstacle | null> {
    this.asked++
    return this.found
  }

  /** The relay's JSON answers by path prefix; each is used once. */
  answers: [path: string, answer: object][] = []
  /** The paths that were fetched. */
  fetched: string[] = []

  async fetchJson(path: string): Promise<unknown> {
    this.fetched.push(path)
    const found = this.answers.findIndex(([start]) => path.startsWith(start))
    if (found < 0) throw new Error('the relay did not answer')
    return this.answers.splice(found, 1)[0]![1]
  }

  /**
   * The relay's answers to searches, in their order: JSON lines, which may come later (promises), or a refusal. Without
   * one, it cannot search.
   */
  searches: (object[] | { status: number; reason: string })[] = []

  async fetchLines(path: string, onLine: (json: unknown) => void, signal: AbortSignal): Promise<LinesEnd> {
    this.fetched.push(path)
    const answer = this.searches.shift() ?? { status: 501, reason: 'this controller cannot search' }
    if (!Array.isArray(answer)) return { ended: false, ...answer }
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
    for (const line of answer) {
      const json = await Promise.race([line, aborted])
      if (signal.aborted) return { ended: false, status: null, reason: 'aborted' }
      onLine(json)
    }
    return { ended: true }
  }

  /** Advances the clock and runs the tasks that are due, in order. */
  pass(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const next = this.tasks.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.tasks = this.tasks.filter((entry) => entry !== next)
      this.time = Math.max(this.time, next.at)
      next.task()
    }
    this.time = end
  }
}
