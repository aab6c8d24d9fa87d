import { shallowRef } from 'vue'
import { decodeChange } from '../../protocol/container'
import { object, optionalArray } from '../../protocol/fields'
import type { Change } from '../../protocol/types'
import { NO_HISTORY, withChanges, type ChangeHistory } from './changeHistory'

const ASKED_FOR = 1000

/** What happened to the containers: what the relay remembers, and what came since. One for the page. */
export class HistoryStore {
  readonly history = shallowRef<ChangeHistory>(NO_HISTORY)

  constructor(private readonly base: string) {}

  add(changes: readonly Change[]): void {
    this.history.value = withChanges(this.history.value, changes)
  }

  /** A page that was just opened, or cut off for a while, asks what it missed; without an answer it knows less. */
  async catchUp(): Promise<void> {
    try {
      const url = new URL(`api/changes?limit=${ASKED_FOR}`, this.base)
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
      if (!answer.ok) return
      const json = object(await answer.json(), 'changes')
      this.add(optionalArray(json, 'changes').map(decodeChange))
    } catch {
      // The list itself is complete without it.
    }
  }
}
