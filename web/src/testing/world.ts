import type { Socket, World } from '../connection/link'

/** A socket that a test opens, feeds and breaks by hand. */
export class FakeSocket implements Socket {
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

/** A world that stands still until a test moves it. */
export class FakeWorld implements World {
  sockets: FakeSocket[] = []
  time = 1_000_000
  draw = 1
  says: string | null = null
  private tasks: { at: number; task: () => void }[] = []

  get socket(): FakeSocket {
    return this.sockets.at(-1)!
  }

  open(): Socket {
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

  chance(): number {
    return this.draw
  }

  async refusal(): Promise<string | null> {
    return this.says
  }

  /** What the relay answers to paths below the page, by their beginning. */
  answers: [path: string, answer: object][] = []
  asked: string[] = []

  async fetchJson(path: string): Promise<unknown> {
    this.asked.push(path)
    const found = this.answers.findIndex(([start]) => path.startsWith(start))
    if (found < 0) throw new Error('the relay did not answer')
    return this.answers.splice(found, 1)[0]![1]
  }

  /** Lets time pass, and what is due happen in its order. */
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
