import { expect, it } from 'vitest'
import { labelAt, nearest, newestKnown, timeMarks } from './axis'

const MINUTE = 60_000

it('marks full minutes, as many as fit', () => {
  expect(timeMarks(10_000, 5 * MINUTE + 10_000, 6)).toEqual([1, 2, 3, 4, 5].map((n) => n * MINUTE))
  expect(timeMarks(0, 30 * MINUTE, 6)).toHaveLength(7)
  expect(timeMarks(0, 1440 * MINUTE, 5)).toEqual([0, 6, 12, 18, 24].map((n) => n * 60 * MINUTE))
  expect(timeMarks(0, 2 * MINUTE, 4)).toEqual([0, 0.5, 1, 1.5, 2].map((n) => n * MINUTE))
})

it('finds the point nearest to a time, and none without one nearby', () => {
  const points = [0, 10, 20, 90].map((at) => ({ at }))
  expect(nearest(points, 13, 10)?.at).toBe(10)
  expect(nearest(points, 200, 10)).toBeNull()
  expect(nearest(points, 84, 10)?.at).toBe(90)
  expect(nearest([], 5, 10)).toBeNull()
})

it('centres a label at its mark, and keeps it within the axis', () => {
  expect(labelAt(200, 480, 40)).toBe(200)
  expect(labelAt(0, 480, 40)).toBe(20)
  expect(labelAt(478, 480, 40)).toBe(460)
})

it('finds the newest point with a value: the first sample after the past has none', () => {
  const points = [0.5, 0.7, null].map((cpu, i) => ({ at: i * 10, cpu }))
  expect(newestKnown(points, ['cpu'], 0)?.cpu).toBe(0.7)
  expect(newestKnown(points, ['cpu'], 11)).toBeNull()
  expect(newestKnown([], ['cpu'], 0)).toBeNull()
})
