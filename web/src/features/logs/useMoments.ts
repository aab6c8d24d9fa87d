import { computed, ref } from 'vue'
import { useSettings } from '../../settings/settings'
import type { TimeRange } from '../../logs/rows/filter'
import { parseMoment } from './timestamps'

/** Two times as a person types them, and what they mean. */
export function useMoments(first: TimeRange | null) {
  const settings = useSettings()
  const from = ref(first?.since ?? '')
  const until = ref(first?.until ?? '')

  /** The nine-digit timestamp; an empty text when nothing is typed, null when it is not a time. */
  function read(text: string): string | null {
    return text.trim() === '' ? '' : parseMoment(text, Date.now(), settings.timestamps === 'utc')
  }

  const since = computed(() => read(from.value))
  const end = computed(() => read(until.value))
  const wrong = computed(() => since.value === null || end.value === null)
  return { from, until, since, end, wrong }
}
