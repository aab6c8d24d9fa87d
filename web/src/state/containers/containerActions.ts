import { shallowRef } from 'vue'
import type { ActionName, Container } from '../../protocol/types'
import { keyOf } from './containerList'
import type { Outcomes } from './outcomes'
import { DelayedStops, type Delay } from './delayedStops'
import { disabledReason } from './permissions'

/** An action on several containers: those that allow it, and the others with the reason. */
export interface ActionBatch {
  action: ActionName
  able: Container[]
  unable: { container: Container; why: string }[]
}

export interface BatchProgress {
  done: number
  failed: number
  pending: number
}

/** How the stop of one container is kept from being a slip of the mouse. */
export type Caution = 'undo' | 'ask' | 'none'

export interface ActionSender extends Delay {
  connected(): boolean
  /** The container of this key as it is listed now. */
  listed(key: string): Container | undefined
  act(container: Container, action: ActionName): Promise<void>
}

export function batchOf(
  containers: readonly Container[],
  action: ActionName,
  connected: boolean,
): ActionBatch {
  const asked = containers.map((container) => ({
    container,
    why: disabledReason(container, action, connected),
  }))
  return {
    action,
    able: asked.filter(({ why }) => why === null).map(({ container }) => container),
    unable: asked.flatMap(({ container, why }) => (why === null ? [] : [{ container, why }])),
  }
}

/** Progress of a batch. A container without an outcome counts as done: successes expire, failures do not. */
export function progressOf(batch: ActionBatch, outcomes: Outcomes): BatchProgress {
  const progress = { done: 0, failed: 0, pending: 0 }
  for (const container of batch.able) {
    const state = outcomes.get(keyOf(container))?.state ?? 'done'
    progress[state === 'lost' ? 'failed' : state]++
  }
  return progress
}

/**
 * Requests actions on one or several containers. Before several containers stop, the reader has to confirm; the stop of one
 * is delayed or has to be confirmed, if the reader's setting says so.
 */
export class ContainerActions {
  /** The batch that waits for confirmation; null for none. */
  readonly confirmation = shallowRef<ActionBatch | null>(null)
  /** The batch whose progress the notice bar shows; null for none. Actions in a row show it in the row. */
  readonly batch = shallowRef<ActionBatch | null>(null)

  readonly delayed: DelayedStops
  /** The reader's setting. */
  caution: () => Caution = () => 'none'

  constructor(private readonly sender: ActionSender) {
    this.delayed = new DelayedStops(sender, (container) => this.stopDelayed(container))
  }

  /**
   * @param announce whether the notice bar shows the progress, even for a single container
   * @param confirmed whether the reader has confirmed it already, as by a key that is pressed twice
   */
  request(
    containers: readonly Container[],
    action: ActionName,
    { announce = containers.length > 1, confirmed = false } = {},
  ): void {
    const batch = batchOf(containers, action, this.sender.connected())
    const [first, ...others] = batch.able
    if (action !== 'stop' || !first) this.run(batch, announce || !first)
    else if (others.length > 0 || (!confirmed && this.caution() === 'ask')) this.confirmation.value = batch
    else if (!confirmed && this.caution() === 'undo') this.delayed.add(first)
    else this.run(batch, announce)
  }

  confirm(): void {
    const batch = this.confirmation.value
    this.confirmation.value = null
    if (batch) this.run(batch, batch.able.length > 1)
  }

  cancel(): void {
    this.confirmation.value = null
  }

  dismiss(): void {
    this.batch.value = null
  }

  /** Much can have happened since the reader asked: a request by name would stop even a container that is new. */
  private stopDelayed(asked: Container): void {
    const container = this.sender.listed(keyOf(asked))
    if (!container || container.id !== asked.id) return
    const batch = batchOf([container], 'stop', this.sender.connected())
    this.run(batch, batch.able.length === 0)
  }

  /** Takes the place of a stop that still waits. */
  private run(batch: ActionBatch, announce: boolean): void {
    if (announce) this.batch.value = batch
    for (const container of batch.able) {
      this.delayed.undo(keyOf(container))
      void this.sender.act(container, batch.action)
    }
  }
}
