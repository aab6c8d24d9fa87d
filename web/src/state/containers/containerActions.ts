import { shallowRef } from 'vue'
import type { ActionName, Container } from '../../protocol/types'
import { keyOf } from './containerList'
import type { Outcomes } from './outcomes'
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

export interface ActionSender {
  connected(): boolean
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

/** Requests actions on one or several containers. Before several containers stop, the reader has to confirm. */
export class ContainerActions {
  /** The batch that waits for confirmation; null for none. */
  readonly confirmation = shallowRef<ActionBatch | null>(null)
  /** The batch whose progress the notice bar shows; null for none. Actions in a row show it in the row. */
  readonly batch = shallowRef<ActionBatch | null>(null)

  constructor(private readonly sender: ActionSender) {}

  /** @param announce whether the notice bar shows the progress, even for a single container */
  request(containers: readonly Container[], action: ActionName, announce = containers.length > 1): void {
    const batch = batchOf(containers, action, this.sender.connected())
    if (action === 'stop' && batch.able.length > 1) this.confirmation.value = batch
    else this.run(batch, announce || batch.able.length === 0)
  }

  confirm(): void {
    const batch = this.confirmation.value
    this.confirmation.value = null
    if (batch) this.run(batch, true)
  }

  cancel(): void {
    this.confirmation.value = null
  }

  dismiss(): void {
    this.batch.value = null
  }

  private run(batch: ActionBatch, announce: boolean): void {
    if (announce) this.batch.value = batch
    for (const container of batch.able) void this.sender.act(container, batch.action)
  }
}
