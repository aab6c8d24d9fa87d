import { computed, ref, watch } from 'vue'
import type { DisplayState } from '../../state/containers/displayState'

/** The minimum time between two flashes. */
const PAUSE_MS = 400

/** The class that makes a row flash once per state change. Two classes alternate, so that each flash restarts. */
export function useFlash(shown: () => DisplayState) {
  const flashes = ref(0)
  let last = 0
  watch(
    () => `${shown().word} ${shown().note}`,
    () => {
      const now = performance.now()
      if (now - last < PAUSE_MS) return
      last = now
      flashes.value++
    },
  )
  return computed(() => (flashes.value === 0 ? '' : flashes.value % 2 ? 'flash-odd' : 'flash-even'))
}
