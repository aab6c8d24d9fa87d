import { expect, it } from 'vitest'
import { growRange, visibleRange, scrollToReveal, topsOf } from './layout'

const tops = topsOf([34, 40, 40, 60, 40])

it('computes the top edges of items with different heights', () => {
  expect(tops).toEqual([0, 34, 74, 114, 174, 214])
  expect(topsOf([])).toEqual([0])
})

it.each([
  ['the top', 0, 74, 0, 2],
  ['a part of the first and of the last', 33, 75, 0, 3],
  ['edges that touch', 34, 74, 1, 2],
  ['the end', 150, 900, 3, 5],
  ['beyond the end', 500, 900, 5, 5],
  ['no height at all', 40, 40, 1, 2],
])('finds the visible range: %s', (_, from, to, first, end) => {
  expect(visibleRange(tops, from, to)).toEqual({ first, end })
})

it('finds an empty range without items', () => {
  expect(visibleRange([0], 0, 100)).toEqual({ first: 0, end: 0 })
})

it.each([
  ['not at all for a visible item', 300, 300],
  ['an item below to the lower edge', 100, 240],
  ['an item above to below the header', 450, 370],
])('scrolls as little as possible: %s', (_, from, to) => {
  expect(scrollToReveal({ top: 400, bottom: 440 }, { top: from, height: 200 }, 30)).toBe(to)
})

it.each([
  ['from an empty range, at the visible items', [0, 0], [10, 40], 15, [15, 23]],
  ['further down', [15, 23], [10, 40], 15, [15, 31]],
  ['to the end, then up', [15, 35], [10, 40], 15, [12, 40]],
  ['to the whole goal', [12, 40], [10, 40], 15, [10, 40]],
  ['without items that left the goal', [0, 20], [12, 24], 14, [12, 24]],
  ['far away from the rendered range', [0, 20], [300, 330], 310, [310, 318]],
  ['to a list that has become short', [300, 330], [0, 4], 0, [0, 4]],
])('grows the rendered range %s', (_, drawn, goal, from, next) => {
  const range = ([first, end]: number[]) => ({ first: first!, end: end! })
  expect(growRange(range(drawn), range(goal), from, 8)).toEqual(range(next))
})
