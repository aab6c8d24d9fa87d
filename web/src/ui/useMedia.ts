import { onBeforeUnmount, ref, type Ref } from 'vue'

/** Whether a media query matches; reactive while the component exists. */
export function useMedia(query: string): Ref<boolean> {
  const media = matchMedia(query)
  const holds = ref(media.matches)
  const changed = () => (holds.value = media.matches)
  media.addEventListener('change', changed)
  onBeforeUnmount(() => media.removeEventListener('change', changed))
  return holds
}

export function useIsPhone(): Ref<boolean> {
  return useMedia('(max-width: 720px)')
}
