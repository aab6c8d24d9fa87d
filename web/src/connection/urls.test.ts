import { expect, it } from 'vitest'
import { actionUrl, socketUrl } from './urls'

it('derives the socket URL from the page, also under a path prefix', () => {
  expect(socketUrl('http://localhost:3000/')).toBe('ws://localhost:3000/ws')
  expect(socketUrl('https://ops.example/relay/index.html')).toBe('wss://ops.example/relay/ws')
})

it('encodes container and controller names', () => {
  expect(actionUrl('http://h/p/', 'edge 1&x', 'a/b?c', 'restart')).toBe(
    'http://h/p/api/container/a%2Fb%3Fc/restart?controller=edge+1%26x',
  )
  expect(actionUrl('http://h/', '', 'web', 'stop')).toBe('http://h/api/container/web/stop')
})
