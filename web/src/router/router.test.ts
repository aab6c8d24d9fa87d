import { expect, it } from 'vitest'
import { FakeHistory } from '../testing/browserHistory'
import { Router } from './router'
import { formatRoute, parseRoute } from './route'

const BASE = 'https://example.test/tools/relay/'

it.each([
  '/',
  '/?q=web',
  '/host/edge%201',
  '/c/edge-1/0123456789ab?tab=load',
  '/logs?p=a&p=b',
  '/settings',
  '/tokens',
  '/setup',
])('%s is parsed and formatted as it was', (path) => {
  expect(formatRoute(parseRoute(BASE, `https://example.test/tools/relay${path}`))).toBe(path)
})

it.each([
  'nowhere',
  'nowhere/at/all?q=web',
  'c/only-a-host',
  'host/',
  'host/edge/more',
  'c/a/b/c',
  'logs/web',
  'settings/theme',
  '%E0%A4%A',
  '/',
])('%s is an unknown address, which stays as it is', (path) => {
  const route = parseRoute(BASE, BASE + path)
  expect(route.page).toBe('unknown')
  expect(formatRoute(route)).toBe(`/${path}`)
})

it.each([
  ['index.html', 'list'],
  ['settings/', 'settings'],
  ['logs/?p=a', 'logs'],
  ['record?who=ada', 'record'],
  ['host/edge/', 'host'],
  ['c/%E0%A4%A/x?tab=evil', 'container'],
])('%s is the %s', (path, page) => {
  expect(parseRoute(BASE, BASE + path)).toMatchObject({ page, tab: null })
})

it('goes to routes below its prefix, and back', () => {
  const history = new FakeHistory(BASE)
  const router = new Router(BASE, history)
  router.start()
  router.go('/c/edge/ab12?tab=details')
  expect(history.address()).toBe(`${BASE}c/edge/ab12?tab=details`)
  expect([router.page, router.host, router.container, router.tab]).toEqual([
    'container',
    'edge',
    'ab12',
    'details',
  ])
  router.back()
  expect(router.page).toBe('list')
})

it('keeps all values in the address, and drops empty ones', () => {
  const history = new FakeHistory(BASE)
  const router = new Router(BASE, history)
  router.setQuery({ q: 'web', p: ['a/b', 'c&d'] })
  expect(router.queryAll('p')).toEqual(['a/b', 'c&d'])
  expect(history.visited).toEqual([`${BASE}?q=web&p=a%2Fb&p=c%26d`])
  router.setQuery({ q: '', p: null }, 'push')
  expect(history.visited.at(-1)).toBe(BASE)
  router.setQuery({ q: null }, 'push')
  expect(history.visited).toHaveLength(2)
})

it('keeps filters and panes from page to page, but not the tab', () => {
  const router = new Router(BASE, new FakeHistory(`${BASE}c/h/i?tab=load&p=x&q=web`))
  expect(router.path('list')).toBe('/?p=x&q=web')
})
