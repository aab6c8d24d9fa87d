import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, shallowRef } from 'vue'
import { container } from '../../testing/examples'
import { useDetails } from './useDetails'

afterEach(() => vi.unstubAllGlobals())

it('a request that a newer one replaces is not reported as a failure', async () => {
  vi.stubGlobal(
    'fetch',
    (_: URL, { signal }: { signal: AbortSignal }) =>
      new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
  )
  const shown = shallowRef(container({ status: 'running' }))
  let details!: ReturnType<typeof useDetails>
  const component = defineComponent({
    setup() {
      details = useDetails(() => shown.value, 'http://relay.test/')
      return () => null
    },
  })
  const page = mount(component)
  shown.value = container({ status: 'exited' })
  await nextTick()
  await new Promise((done) => setTimeout(done))
  expect(details.answer.value.failure).toBeNull()
  page.unmount()
})
