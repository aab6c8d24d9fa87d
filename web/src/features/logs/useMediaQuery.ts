import { onBeforeUnmount, ref } from 'vue'

/** Whether a media query holds, as long as the component is there. */
export function useMediaQuery(query: string) {
  const list = matchMedia(query)
  const holds = ref(list.matches)
  const changed = () => (holds.value = list.matches)
  list.addEventListener('change', changed)
  onBeforeUnmount(() => list.removeEventListener('change', changed))
  return holds
}
