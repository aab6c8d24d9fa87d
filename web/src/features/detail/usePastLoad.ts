import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { fetchLoadHistory } from '../../connection/http'
import type { LoadHistory } from '../../protocol/pastLoad'
import type { Container } from '../../protocol/types'

/** A range of time that a chart shows. */
export interface LoadRange {
  name: 'quarter' | 'hour' | 'hours' | 'day'
  ms: number
  /** Seconds of a step: some hundred points are enough for any chart. */
  step: number
}

const MINUTE = 60_000
export const LOAD_RANGES: readonly LoadRange[] = [
  { name: 'quarter', ms: 15 * MINUTE, step: 10 },
  { name: 'hour', ms: 60 * MINUTE, step: 10 },
  { name: 'hours', ms: 360 * MINUTE, step: 60 },
  { name: 'day', ms: 1440 * MINUTE, step: 180 },
]

/** The last answer, kept while a new one is pending, and why the last attempt failed. */
export interface PastLoad {
  history: LoadHistory | null
  /** When it was made, by the relay's clock. */
  end: number
  failure: string | null
}

/** Samples continue an answer; it is repeated before more of them are gone than the page keeps. */
const REPEAT_MS = MINUTE

/** The past load of a container, fetched again for another range, after each minute, and when the page is visible again. */
export function usePastLoad(
  container: () => Container,
  range: () => LoadRange,
  kept: () => boolean,
  now: () => number,
) {
  const past = shallowRef<PastLoad>({ history: null, end: -Infinity, failure: null })
  /** Counts the attempts: the answer to an older one is dropped. */
  let attempt = 0

  async function ask(): Promise<void> {
    if (!kept() || document.hidden) return
    const mine = ++attempt
    const end = now()
    const { ms, step } = range()
    try {
      const history = await fetchLoadHistory(document.baseURI, container(), end - ms, step)
      if (mine === attempt) past.value = { history, end, failure: null }
    } catch (failure) {
      if (mine === attempt) past.value = { ...past.value, failure: String((failure as Error).message) }
    }
  }

  watch([() => range().name, kept, () => container().id], () => void ask(), { immediate: true })
  const again = () => void ask()
  const timer = setInterval(again, REPEAT_MS)
  document.addEventListener('visibilitychange', again)
  onBeforeUnmount(() => {
    attempt++
    clearInterval(timer)
    document.removeEventListener('visibilitychange', again)
  })
  return past
}
