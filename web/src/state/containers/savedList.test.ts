import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { keyOf } from './containerList'
import { EMPTY_FLEET } from './fleet'
import { readList, writeList } from './savedList'

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
