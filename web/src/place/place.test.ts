import { expect, it } from 'vitest'
import { FakeHistory } from '../testing/history'
import { Place } from './place'
import { pathOf, placeAt } from './spot'

const BASE = 'https://example.test/tools/relay/'

it.each(['/', '/?q=web', '/host/edge%201', '/c/edge-1/0123456789ab?tab=load', '/logs?p=a&p=b', '/settings'])(
  '%s is understood, and written again as it was',
  (path) => {
    expect(pathOf(placeAt(BASE, `https://example.test/tools/relay${path}`))).toBe(path)
  },
)

it.each(['nowhere/at/all', 'c/only-a-host', 'host/', 'c/%E0%A4%A/x?tab=evil'])(
  '%s shows something',
  (path) => {
    const spot = placeAt(BASE, BASE + path)
    expect(['list', 'container']).toContain(spot.page)
    expect(spot.tab).toBe('logs')
  },
)

it('goes to places below its prefix, and back', () => {
  const history = new FakeHistory(BASE)
  const place = new Place(BASE, history)
  place.start()
  place.go('/c/edge/ab12?tab=details')
  expect(history.address()).toBe(`${BASE}c/edge/ab12?tab=details`)
  expect([place.page, place.host, place.container, place.tab]).toEqual([
    'container',
    'edge',
    'ab12',
    'details',
  ])
  place.back()
  expect(place.page).toBe('list')
})

it('keeps every value in the address, and drops empty ones', () => {
  const history = new FakeHistory(BASE)
  const place = new Place(BASE, history)
  place.setQuery({ q: 'web', p: ['a/b', 'c&d'] })
  expect(place.queryAll('p')).toEqual(['a/b', 'c&d'])
  expect(history.visited).toEqual([`${BASE}?q=web&p=a%2Fb&p=c%26d`])
  place.setQuery({ q: '', p: null }, 'push')
  expect(history.visited.at(-1)).toBe(BASE)
  place.setQuery({ q: null }, 'push')
  expect(history.visited).toHaveLength(2)
})

it('keeps filters and panes from view to view, but not the tab', () => {
  const place = new Place(BASE, new FakeHistory(`${BASE}c/h/i?tab=load&p=x&q=web`))
  expect(place.path('list')).toBe('/?p=x&q=web')
})
