import { describe, expect, it } from 'vitest'
import { earlier, millisBetween } from './sourceClock'

describe('a time by another clock', () => {
  it.each([
    ['2025-11-25T22:52:30.123456789Z', 0, '2025-11-25T22:52:30.123456789Z'],
    ['2025-11-25T22:52:30.123456789Z', 5000, '2025-11-25T22:52:25.123456789Z'],
    ['2025-11-25T22:52:30.123456789Z', 0.001, '2025-11-25T22:52:30.123455789Z'],
    ['2025-11-25T22:52:30.000000000Z', 1.5, '2025-11-25T22:52:29.998500000Z'],
    ['2025-11-25T22:52:30.999000000Z', -1.5, '2025-11-25T22:52:31.000500000Z'],
    ['2025-12-31T23:59:59.900000000Z', -90_200, '2026-01-01T00:01:30.100000000Z'],
    ['2025-11-25T22:52:30Z', 250, '2025-11-25T22:52:29.750000000Z'],
    ['', 5000, ''],
    ['no time', 5000, 'no time'],
  ])('%s, %d ms earlier, is %s', (time, ms, result) => {
    expect(earlier(time, ms)).toBe(result)
  })

  it('is the same again there and back', () => {
    for (const ms of [0.001, 17.25, 999.999, 5012.3, -3_600_000.5])
      expect(earlier(earlier('2025-11-25T22:52:30.123456789Z', ms), -ms)).toBe(
        '2025-11-25T22:52:30.123456789Z',
      )
  })
})

it('times differ by milliseconds and their parts', () => {
  expect(millisBetween('2025-11-25T22:52:30.000000000Z', '2025-11-25T22:52:30.000250000Z')).toBe(0.25)
  expect(millisBetween('2025-11-25T22:52:31.000000000Z', '2025-11-25T22:52:29.500000000Z')).toBe(-1500)
  expect(millisBetween('', '2025-11-25T22:52:29.500000000Z')).toBeNaN()
})
