import { shallowRef } from 'vue'
import type { Container } from '../../protocol/types'
import { keyOf } from './containerList'

/** How long a stop can be taken back. */
export const UNDO_MS = 4000
/** A stop that is later than this is dropped: the computer was asleep, and the reader has forgotten it. */
const MAX_OVERDUE_MS = 5000

interface DelayedStop {
  container: Container
  /** When it is requested, by the page's clock, in ms. */
  at: number
  cancel(): void
}

export interface Delay {
  now(): number
  after(ms: number, task: () => void): () => void
}

/** Stops that are requested after a moment, so that they can be taken back. Nothing has happened to the containers yet. */
export class DelayedStops {
  /** By key. Immutable. */
  readonly waiting = shallowRef<ReadonlyMap<string, DelayedStop>>(new Map())

  constructor(
    private readonly delay: Delay,
    private readonly stop: (container: Container) => void,
  ) {}

  add(container: Container): void {
    const key = keyOf(container)
    if (this.waiting.value.get(key)?.container.id === container.id) return
    this.take(key)
    const cancel = this.delay.after(UNDO_MS, () => this.run(key))
    const entry = { container, at: this.delay.now() + UNDO_MS, cancel }
    this.waiting.value = new Map(this.waiting.value).set(key, entry)
  }

  undo(key: string): void {
    this.take(key)
  }

  /** Requests all of them at once: the page closes, and a stop that was not taken back is meant. */
  runAll(): void {
    for (const key of [...this.waiting.value.keys()]) this.run(key)
  }

  private run(key: string): void {
    const entry = this.take(key)
    if (entry && this.delay.now() - entry.at <= MAX_OVERDUE_MS) this.stop(entry.container)
  }

  private take(key: string): DelayedStop | null {
    const entry = this.waiting.value.get(key)
    if (!entry) return null
    entry.cancel()
    const next = new Map(this.waiting.value)
    next.delete(key)
    this.waiting.value = next
    return entry
  }
}
