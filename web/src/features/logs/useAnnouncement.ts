import { onBeforeUnmount, ref } from 'vue'
import { logMessages } from './logMessages'
import type { PagePane } from '../../state/logs/pagePane'

const EVERY_MS = 10_000
/** A faster log is not announced. */
const MAX_PER_SECOND = 20

/** Announces new lines of a slow log to screen readers, at most every ten seconds. */
export function useAnnouncement(pane: PagePane) {
  const words = ref('')
  let arrived = 0
  let errors = 0
  const timer = setInterval(() => {
    const view = pane.view.value
    if (!view) return
    const lines = view.arrived - arrived
    const calm = lines > 0 && lines <= (MAX_PER_SECOND * EVERY_MS) / 1000 && pane.following.value
    words.value = calm ? logMessages.announcement(lines, view.errors - errors) : ''
    arrived = view.arrived
    errors = view.errors
  }, EVERY_MS)
  onBeforeUnmount(() => clearInterval(timer))
  return words
}
