import { expect, it } from 'vitest'
import { duration, instant, formatMoment } from './time'

it.each([
  [-5, '0 s'],
  [8_400, '8 s'],
  [130_000, '2 min 10 s'],
  [3 * 3_600_000 + 300_000, '3 h 5 min'],
  [52 * 3_600_000, '2 d 4 h'],
])('%d ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

it('a time on another day has its date', () => {
  const at = new Date(2025, 10, 25, 14, 3, 22).getTime()
  expect(formatMoment(at, at + 1000)).toBe('14:03:22')
  expect(formatMoment(at, at + 86_400_000)).toBe('2025-11-25 14:03:22')
})

it('a text that is not a time is null', () => {
  expect(instant('soon')).toBeNull()
  expect(instant(null)).toBeNull()
})
