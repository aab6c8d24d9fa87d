import { expect, it } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { container } from '../../testing/examples'
import { keyOf } from './containerList'
import { EMPTY_FLEET, type Fleet } from './fleet'
import { forgetList, readList, saveList, writeList } from './savedList'

function storeOf(text: string | null) {
  let kept = text
  return { getItem: () => kept, setItem: (_: string, value: string) => (kept = value) }
}

it('reads the saved list with its time', () => {
  const store = storeOf(null)
  const web = container({ name: 'web', ports: [{ private_port: 80, public_port: 8080 }] })
  writeList(store, { ...EMPTY_FLEET, known: true, containers: new Map([[keyOf(web), web]]) }, 1234)
  expect(readList(store)).toMatchObject({ known: true, savedAt: 1234 })
  expect(readList(store)!.containers.get('edge-1/web')).toEqual(web)
})

it.each([null, 'no json', '{"containers":[{"name":7}]}', '{"at":1}'])(
  'starts without a list when %s was saved',
  (text) => {
    expect(readList(storeOf(text))).toBeNull()
  },
)

it('replaces what was saved by what the reader may still see', async () => {
  const store = storeOf(null)
  const now = ref(10_000)
  const listed = (...names: string[]): Fleet => {
    const all = names.map((name) => container({ name }))
    return { ...EMPTY_FLEET, known: true, containers: new Map(all.map((one) => [keyOf(one), one])) }
  }
  const fleet = shallowRef(EMPTY_FLEET)
  const stop = saveList(fleet, () => now.value, store)
  fleet.value = listed('web', 'vault')
  await nextTick()
  fleet.value = listed('web')
  await nextTick()
  expect(readList(store)!.containers.has('edge-1/vault')).toBe(true)

  now.value += 5000
  await nextTick()

  expect([...readList(store)!.containers.keys()]).toEqual(['edge-1/web'])
  forgetList(store)
  expect(readList(store)).toBeNull()
  stop()
})
