import { watch, type ShallowRef } from 'vue'
import { decodeContainer } from '../../protocol/container'
import type { BrowserStorage } from '../../settings/settings'
import { listOf } from './containerList'
import { EMPTY_FLEET, type Fleet } from './fleet'

const STORAGE_KEY = 'dockrelay.list'
const SAVE_INTERVAL_MS = 5000
/** A longer list is not saved: browsers give a page little room. */
const MAX_CHARACTERS = 1_000_000

/**
 * Saves the container list (never a log) in this browser and starts with it: a page that opens while the relay is
 * down shows the last known list and its age. Returns a function that stops it.
 *
 * @param now the page's clock; reactive
 */
export function saveList(
  fleet: ShallowRef<Fleet>,
  now: () => number,
  storage: BrowserStorage | null,
): () => void {
  const saved = readList(storage)
  if (saved !== null && !fleet.value.known) fleet.value = saved
  let last: Fleet | null = null
  let savedAt = 0
  // With the time too: the newest list replaces one with containers that the reader may not see any more.
  return watch([fleet, now], ([current]) => {
    if (current === last || !current.known || current.savedAt !== null) return
    if (now() - savedAt < SAVE_INTERVAL_MS) return
    last = current
    savedAt = now()
    writeList(storage, current, savedAt)
  })
}

export function readList(storage: BrowserStorage | null): Fleet | null {
  try {
    const saved = JSON.parse(storage?.getItem(STORAGE_KEY) ?? 'null') as {
      at: number
      containers: unknown[]
    } | null
    if (saved === null) return null
    return {
      ...EMPTY_FLEET,
      known: true,
      savedAt: Number(saved.at),
      // What was in progress then has ended, or the relay will report it again.
      containers: listOf(saved.containers.map((one) => ({ ...decodeContainer(one), action: null }))),
    }
  } catch {
    // Another version or another page wrote it: start without a list.
    return null
  }
}

/** Nothing of the list stays in this browser. */
export function forgetList(storage: BrowserStorage | null): void {
  storage?.setItem(STORAGE_KEY, 'null')
}

export function writeList(storage: BrowserStorage | null, fleet: Fleet, at: number): void {
  const text = JSON.stringify({ at, containers: [...fleet.containers.values()] })
  if (text.length > MAX_CHARACTERS) return
  try {
    storage?.setItem(STORAGE_KEY, text)
  } catch {
    // Without storage the next page starts without a list.
  }
}
