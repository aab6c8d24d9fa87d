import { onBeforeUnmount, ref, watch, type Ref, type WatchSource } from 'vue'

/**
 * Whether other buttons have just come to a place: a click may be meant for those that were there before.
 *
 * @param shown what tells which buttons are there
 * @param time how long those that are there now take no clicks, in ms
 */
export function useSettling(shown: WatchSource[], time: () => number): Ref<boolean> {
  const settling = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(shown, () => {
    clearTimeout(timer)
    const ms = time()
    settling.value = ms > 0
    if (ms > 0) timer = setTimeout(() => (settling.value = false), ms)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return settling
}
