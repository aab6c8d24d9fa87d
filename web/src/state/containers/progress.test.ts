import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { requested } from './outcomes'
import { graceLeft, progressOn } from './progress'
import { asRemoved } from './removed'

const SINCE = '2025-11-25T22:53:10.000Z'
const at = (seconds: number) => Date.parse(SINCE) + seconds * 1000
const stop = { action: 'stop', by: 'ann', since: SINCE, grace: 20, waiting: [] } as const

it('takes the action in progress from the list, and before that from the request', () => {
  const asked = requested(new Map(), 'k', 'restart', 0).get('k')!
  expect(progressOn(container({ action: stop }), asked)).toEqual(stop)
  expect(progressOn(container(), asked)).toMatchObject({ action: 'restart', grace: null })
  expect(progressOn(container(), null)).toBeNull()
})

it.each([
  [at(0), 20_000],
  [at(6), 14_000],
  [at(25), 0],
  // The controller's clock is ahead.
  [at(-5), 20_000],
])('counts the grace down (at %d)', (now, left) => {
  expect(graceLeft(stop, now)).toBe(left)
})

it('is over when the container is removed', () => {
  expect(progressOn(asRemoved(container({ action: stop })), null)).toBeNull()
})

it('has no countdown without a grace', () => {
  expect(graceLeft({ ...stop, grace: null }, at(1))).toBeNull()
})
