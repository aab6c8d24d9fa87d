import { computed, ref } from 'vue'
import { useSettings } from '../../settings/settings'
import type { TimeRange } from '../../logs/rows/filter'
import { logMessages } from './logMessages'
import { parseMoment } from './timestamps'

/** Two times as a person types them, and what they mean. */
export function useMoments(first: TimeRange | null) {
  const settings = useSettings()
  const from = ref(first?.since ?? '')
  const until = ref(first?.until ?? '')

  /** The nine-digit timestamp; an empty text when nothing is typed, null when it is not a time. */
  function read(text: string, after: string | null): string | null {
    return text.trim() === '' ? '' : parseMoment(text, Date.now(), settings.timestamps === 'utc', after)
  }

  const since = computed(() => read(from.value, null))
  const end = computed(() => read(until.value, since.value))
  const inverted = computed(() => Boolean(since.value && end.value && since.value > end.value))
  /** What the reader has to correct; null when both are times, in this order. */
  const wrong = computed(() => {
    if (since.value === null || end.value === null) return logMessages.notATime
    return inverted.value ? logMessages.endsTooEarly : null
  })
  return { from, until, since, end, inverted, wrong }
}

export type Moments = ReturnType<typeof useMoments>
