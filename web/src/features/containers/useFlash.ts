import { computed, ref, watch } from 'vue'
import type { DisplayState } from '../../state/containers/displayState'

/** No more often than this may anything flash. */
const PAUSE_MS = 400

/** The class that lets a row flash once at each change of its state: two by turns, so that each begins anew. */
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
