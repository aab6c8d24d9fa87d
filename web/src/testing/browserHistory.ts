import type { BrowserHistory } from '../router/router'

/** A browser history that a test can inspect. */
export class FakeHistory implements BrowserHistory {
  readonly visited: string[]
  private tasks: (() => void)[] = []

  constructor(address = 'http://relay.test/') {
    this.visited = [address]
  }

  address(): string {
    return this.visited.at(-1)!
  }

  push(address: string): void {
    this.visited.push(address)
  }

  replace(address: string): void {
    this.visited[this.visited.length - 1] = address
  }

  back(): void {
    this.visited.pop()
    this.tasks.forEach((task) => task())
  }

  moved(task: () => void): () => void {
    this.tasks.push(task)
    return () => (this.tasks = this.tasks.filter((other) => other !== task))
  }
}
