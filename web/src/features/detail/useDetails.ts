import { onBeforeUnmount, shallowRef, watch } from 'vue'
import { errorOf } from '../../connection/http'
import { decodeDetails, type Details } from '../../protocol/details'
import type { Container } from '../../protocol/types'

/** The last good answer, kept while a new one is pending, and the last failure. */
export interface Answer {
  details: Details | null
  /** Why the last attempt failed; null when it did not. */
  failure: string | null
  /** Time of the last good answer, by the page's clock. */
  at: number | null
}

const TIMEOUT_MS = 10_000

/** A container's details, fetched again when its state or health changes. */
export function useDetails(container: () => Container, base: string) {
  const answer = shallowRef<Answer>({ details: null, failure: null, at: null })
  let request = new AbortController()

  async function ask(): Promise<void> {
    if (container().status === 'removed') return
    request.abort()
    request = new AbortController()
    const replaced = request.signal
    const signal = AbortSignal.any([replaced, AbortSignal.timeout(TIMEOUT_MS)])
    try {
      const response = await fetch(detailsUrl(base, container()), { signal })
      if (!response.ok)
        throw new Error((await errorOf(response)) ?? `The relay answered with status ${response.status}.`)
      answer.value = { details: decodeDetails(await response.json()), failure: null, at: Date.now() }
    } catch (failure) {
      if (replaced.aborted) return
      answer.value = { ...answer.value, failure: messageOf(failure) }
    }
  }

  watch(
    () => {
      const { id, status, health, started_at } = container()
      return [id, status, health, started_at].join(' ')
    },
    () => void ask(),
    { immediate: true },
  )
  onBeforeUnmount(() => request.abort())
  return { answer, ask }
}

function detailsUrl(base: string, { controller, name }: Container): URL {
  const url = new URL(`api/container/${encodeURIComponent(name)}/details`, base)
  if (controller !== '') url.searchParams.set('controller', controller)
  return url
}

function messageOf(failure: unknown): string {
  if (failure instanceof TypeError) return 'The relay did not answer.'
  if (failure instanceof DOMException) return 'The relay did not answer in time.'
  return failure instanceof Error ? failure.message : String(failure)
}
