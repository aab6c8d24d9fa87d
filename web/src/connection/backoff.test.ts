import { expect, it } from 'vitest'
import { resource } from '../testing/examples'
import { backoffDelay, STABLE_AFTER_MS } from './backoff'

const fixture = JSON.parse(resource('backoff.json')) as {
  stable_after_ms: number
  delays: { n: number; draw: number; ms: number }[]
}

it.each(fixture.delays)('delay $n drawn at $draw is $ms ms', ({ n, draw, ms }) => {
  expect(backoffDelay(n, draw)).toBeCloseTo(ms, 6)
})

it('treats a connection as stable after the time in the shared fixture', () => {
  expect(STABLE_AFTER_MS).toBe(fixture.stable_after_ms)
})
