import { expect, it } from 'vitest'
import { actionUrl, sessionUrl, socketUrl } from './urls'

it('derives the socket URL from the page, also under a path prefix', () => {
  expect(socketUrl('http://localhost:3000/')).toBe('ws://localhost:3000/ws')
  expect(socketUrl('https://ops.example/relay/index.html')).toBe('wss://ops.example/relay/ws')
})

it('asks about a WebSocket with the origin that the browser would send', () => {
  expect(sessionUrl('https://ops.example:8443/relay/')).toBe(
    'https://ops.example:8443/relay/api/session?origin=https%3A%2F%2Fops.example%3A8443',
  )
})

it('encodes container and controller names', () => {
  expect(actionUrl('http://h/p/', 'edge 1&x', 'a/b?c', 'restart')).toBe(
    'http://h/p/api/container/a%2Fb%3Fc/restart?controller=edge+1%26x',
  )
  expect(actionUrl('http://h/', '', 'web', 'stop')).toBe('http://h/api/container/web/stop')
})
