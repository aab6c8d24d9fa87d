import { watch } from 'vue'
import { decodeContainer } from '../../protocol/container'
import type { Session } from '../../session'
import type { Store } from '../../settings/settings'
import { keyOf, NOTHING_KNOWN, type Fleet } from './fleet'

const KEPT_AS = 'dockrelay.list'
const KEEP_EVERY_MS = 5000
/** A list that is longer is not kept: a browser gives a page little room. */
const MOST_CHARACTERS = 1_000_000

/**
 * Keeps the last list in this browser, never a log, and begins with it: a page that opens while the relay is away shows
 * what was known, and says how old that is.
 */
export function keepList(session: Session, store: Store | null): () => void {
  const kept = readList(store)
  if (kept !== null && !session.fleet.value.known) session.fleet.value = kept
  let last = 0
  return watch(session.fleet, (fleet) => {
    const now = session.now.value
    if (!fleet.known || fleet.keptAt !== null || now - last < KEEP_EVERY_MS) return
    last = now
    writeList(store, fleet, now)
  })
}

export function readList(store: Store | null): Fleet | null {
  try {
    const kept = JSON.parse(store?.getItem(KEPT_AS) ?? 'null') as { at: number; containers: unknown[] } | null
    if (kept === null) return null
    const containers = kept.containers.map(decodeContainer)
    return {
      ...NOTHING_KNOWN,
      known: true,
      keptAt: Number(kept.at),
      containers: new Map(containers.map((container) => [keyOf(container), container])),
    }
  } catch {
    // Somebody else's, or of another version: the page begins with nothing.
    return null
  }
}

export function writeList(store: Store | null, fleet: Fleet, at: number): void {
  const text = JSON.stringify({ at, containers: [...fleet.containers.values()] })
  if (text.length > MOST_CHARACTERS) return
  try {
    store?.setItem(KEPT_AS, text)
  } catch {
    // A browser that keeps nothing begins with nothing.
  }
}
