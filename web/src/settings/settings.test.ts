import { nextTick } from 'vue'
import { expect, it } from 'vitest'
import { STORAGE_KEY, openSettings, type BrowserStorage } from './settings'

const storeOf = (kept: string | null): BrowserStorage & { kept: string | null } => ({
  kept,
  getItem: () => kept,
  setItem(key, value) {
    expect(key).toBe(STORAGE_KEY)
    this.kept = value
  },
})

it('starts with the saved settings', () => {
  const settings = openSettings(storeOf('{"theme":"light","fontSize":14,"pinned":["a/b"]}'))
  expect(settings).toMatchObject({ theme: 'light', fontSize: 14, pinned: ['a/b'], density: 'comfortable' })
})

it('saves each change', async () => {
  const store = storeOf(null)
  openSettings(store).density = 'compact'
  await nextTick()
  expect(JSON.parse(store.kept!)).toMatchObject({ density: 'compact' })
})

it('keeps the chosen columns that exist', () => {
  expect(openSettings(storeOf('{"columns":["limit","colour","image"]}')).columns).toEqual(['image', 'limit'])
})

it.each([
  'not json',
  'null',
  '[]',
  '{"theme":"pink","fontSize":"big","pinned":{"length":9},"wrap":1}',
  '{"fontSize":900}',
])('tolerates %s', (kept) => {
  const settings = openSettings(storeOf(kept))
  expect(settings.theme).toBe('system')
  expect(settings.pinned).toEqual([])
  expect(settings.wrap).toBe(false)
  expect([12, 16]).toContain(settings.fontSize)
})

it('works without storage', () => {
  expect(openSettings(null).singleKeys).toBe(true)
})
