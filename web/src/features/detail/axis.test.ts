import { expect, it } from 'vitest'
import { labelAt, nearest, timeMarks } from './axis'

const MINUTE = 60_000

it('marks full minutes, as many as have room', () => {
  expect(timeMarks(10_000, 5 * MINUTE + 10_000, 6)).toEqual([1, 2, 3, 4, 5].map((n) => n * MINUTE))
  expect(timeMarks(0, 30 * MINUTE, 6)).toHaveLength(7)
  expect(timeMarks(0, 2 * MINUTE, 4)).toEqual([0, 0.5, 1, 1.5, 2].map((n) => n * MINUTE))
})

it('finds the sample under the pointer, and none where none is near', () => {
  const points = [0, 10, 20, 90].map((at) => ({ at }))
  expect(nearest(points, 13, 10)?.at).toBe(10)
  expect(nearest(points, 200, 10)).toBeNull()
  expect(nearest(points, 84, 10)?.at).toBe(90)
  expect(nearest([], 5, 10)).toBeNull()
})

it('sets a label at its mark, and whole at both ends', () => {
  expect(labelAt(200, 480, 40)).toBe(200)
  expect(labelAt(0, 480, 40)).toBe(20)
  expect(labelAt(478, 480, 40)).toBe(460)
})
