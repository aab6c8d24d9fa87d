import { shallowRef } from 'vue'
import type { ActionName, Container } from '../../protocol/types'
import { keyOf } from './containerList'
import type { Outcomes } from './outcomes'
import { disabledReason } from './permissions'

/** An action on several containers: those it is asked for, and those it cannot be had for, with the reason. */
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

/** How far a batch has come. A success is forgotten after a while, a failure only when it is dismissed. */
export function progressOf(batch: ActionBatch, outcomes: Outcomes): BatchProgress {
  const progress = { done: 0, failed: 0, pending: 0 }
  for (const container of batch.able) {
    const state = outcomes.get(keyOf(container))?.state ?? 'done'
    progress[state === 'lost' ? 'failed' : state]++
  }
  return progress
}

/** Actions as a person asks for them: for one or several, with a question before several are stopped. */
export class ContainerActions {
  /** What a person has to agree to first; null when nothing is asked. */
  readonly confirmation = shallowRef<ActionBatch | null>(null)
  /** The last action that was not asked for in its own row, so that its progress has to be told elsewhere. */
  readonly batch = shallowRef<ActionBatch | null>(null)

  constructor(private readonly doer: ActionSender) {}

  /** @param told whether its progress is told apart from the rows, even for a single one */
  request(containers: readonly Container[], action: ActionName, announce = containers.length > 1): void {
    const batch = batchOf(containers, action, this.doer.connected())
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
    for (const container of batch.able) void this.doer.act(container, batch.action)
  }
}
