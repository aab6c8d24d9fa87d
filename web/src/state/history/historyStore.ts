import { shallowRef } from 'vue'
import { decodeChange } from '../../protocol/container'
import { object, optionalArray } from '../../protocol/fields'
import type { Change } from '../../protocol/types'
import { onPresentHost, presentKey, type FormerIds } from '../containers/formerIds'
import { NO_HISTORY, withChanges, type ChangeHistory } from './changeHistory'

const LIMIT = 1000

/** The change history: what the relay has kept, and what has arrived since. One for the page. */
export class HistoryStore {
  readonly history = shallowRef<ChangeHistory>(NO_HISTORY)

  constructor(private readonly base: string) {}

  add(changes: readonly Change[]): void {
    this.history.value = withChanges(this.history.value, changes)
  }

  /** Hosts have other ids: their changes go on under these. */
  moved(ids: FormerIds): void {
    const old = [...this.history.value].filter(([key]) => presentKey(ids, key) !== key)
    if (old.length === 0) return
    const rest = new Map(this.history.value)
    for (const [key] of old) rest.delete(key)
    const changes = old.flatMap(([, ofOne]) => ofOne.map((change) => onPresentHost(ids, change)))
    this.history.value = withChanges(rest, changes)
  }

  /** Fetches the changes from before the page opened, or during an outage. Without an answer they stay unknown. */
  async catchUp(): Promise<void> {
    try {
      const url = new URL(`api/changes?limit=${LIMIT}`, this.base)
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
      if (!answer.ok) return
      const json = object(await answer.json(), 'changes')
      this.add(optionalArray(json, 'changes').map(decodeChange))
    } catch {
      // The container list is complete without it.
    }
  }
}
