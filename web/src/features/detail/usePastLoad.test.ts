import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'
import { container, golden } from '../../testing/examples'
import { LOAD_RANGES, usePastLoad } from './usePastLoad'

const NOW = Date.parse('2025-11-25T22:53:00.000Z')
let asked: { url: URL; answer: (response: Response) => void }[]

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  vi.stubGlobal('fetch', (url: URL) => new Promise((answer) => asked.push({ url, answer })))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const history = () => new Response(golden('load_history'))

function shown() {
  const range = ref(LOAD_RANGES[0]!)
  const kept = ref(true)
  let past!: ReturnType<typeof usePastLoad>
  const page = mount(
    defineComponent({
      setup() {
        past = usePastLoad(
          () => container({ name: 'we b', controller: 'edge-1' }),
          () => range.value,
          () => kept.value,
          () => NOW,
        )
        return () => null
      },
    }),
  )
  return { range, kept, past, page }
}

it('asks for the range that is shown, and again after a minute', async () => {
  const { range, past, page } = shown()
  expect(asked[0]!.url.pathname).toBe('/api/container/we%20b/stats/history')
  expect(asked[0]!.url.searchParams.get('controller')).toBe('edge-1')
  expect(asked[0]!.url.searchParams.get('since')).toBe('2025-11-25T22:38:00.000Z')
  expect(asked[0]!.url.searchParams.get('step')).toBe('10')
  asked[0]!.answer(history())
  await vi.waitFor(() => expect(past.value.history?.cpu_cores.mean).toEqual([0.0213, null, 0.5]))
  expect(past.value.end).toBe(NOW)

  range.value = LOAD_RANGES.at(-1)!
  await nextTick()
  expect(asked[1]!.url.searchParams.get('since')).toBe('2025-11-24T22:53:00.000Z')
  vi.advanceTimersByTime(60_000)
  expect(asked).toHaveLength(3)
  page.unmount()
  vi.advanceTimersByTime(60_000)
  expect(asked).toHaveLength(3)
})

it('drops the answer to an older question, and keeps the last one when one fails', async () => {
  const { range, past, page } = shown()
  range.value = LOAD_RANGES[1]!
  await nextTick()
  asked[1]!.answer(history())
  await vi.waitFor(() => expect(past.value.history).not.toBeNull())
  const kept = past.value.history
  asked[0]!.answer(new Response('{"error":"late"}', { status: 500 }))
  vi.advanceTimersByTime(60_000)
  asked[2]!.answer(new Response('{"error":"the controller is away"}', { status: 503 }))
  await vi.waitFor(() => expect(past.value.failure).toBe('the controller is away'))
  expect(past.value.history).toBe(kept)
  page.unmount()
})

it('asks nothing of a controller that keeps no history', async () => {
  const { kept, page } = shown()
  kept.value = false
  await nextTick()
  vi.advanceTimersByTime(120_000)
  expect(asked).toHaveLength(1)
  page.unmount()
})
