import { onBeforeUnmount, ref } from 'vue'
import { logMessages } from './logMessages'
import type { PagePane } from '../../state/logs/pagePane'

const EVERY_MS = 10_000
/** A log that is faster than this is not read out. */
const MOST_A_SECOND = 20

/** What has come while a calm log is followed, for those who do not see it: at most every ten seconds. */
export function useAnnouncement(pane: PagePane) {
  const words = ref('')
  let arrived = 0
  let errors = 0
  const timer = setInterval(() => {
    const view = pane.view.value
    if (!view) return
    const lines = view.arrived - arrived
    const calm = lines > 0 && lines <= (MOST_A_SECOND * EVERY_MS) / 1000 && pane.following.value
    words.value = calm ? logMessages.said(lines, view.errors - errors) : ''
    arrived = view.arrived
    errors = view.errors
  }, EVERY_MS)
  onBeforeUnmount(() => clearInterval(timer))
  return words
}
