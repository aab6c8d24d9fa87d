/** The top edges of items with these heights, one below the other, and the bottom edge of the last. */
export function topsOf(heights: readonly number[]): number[] {
  const tops = [0]
  for (const height of heights) tops.push(tops.at(-1)! + height)
  return tops
}

/** A range of indexes; `end` is exclusive. */
export interface IndexRange {
  first: number
  end: number
}

/** The items between two positions: from the first that ends after `from` to the last that begins before `to`. */
export function visibleRange(tops: readonly number[], from: number, to: number): IndexRange {
  const count = tops.length - 1
  const first = lowest(count, (i) => tops[i + 1]! > from)
  return {
    first,
    end: Math.max(
      first,
      lowest(count, (i) => tops[i]! >= to),
    ),
  }
}

/**
 * One step from the rendered range to the goal: at most `most` more items, below first. If the two do not overlap, it
 * starts at `from`.
 */
export function growRange(drawn: IndexRange, goal: IndexRange, from: number, most: number): IndexRange {
  let first = Math.max(drawn.first, goal.first)
  let end = Math.min(drawn.end, goal.end)
  if (first >= end) first = end = Math.min(Math.max(from, goal.first), goal.end)
  const below = Math.min(goal.end - end, most)
  const above = Math.min(first - goal.first, most - below)
  return { first: first - above, end: end + below }
}

/**
 * The scroll position that brings an item in sight with the smallest movement.
 *
 * @param covered height of the list's header, which covers the upper edge
 */
export function scrollToReveal(
  item: { top: number; bottom: number },
  sight: { top: number; height: number },
  covered: number,
): number {
  const most = item.top - covered
  const least = item.bottom - sight.height
  if (sight.top > most) return Math.max(0, most)
  return sight.top < least ? least : sight.top
}

/** Binary search: the lowest index below `count` that fulfils a monotonic condition; `count` when none does. */
function lowest(count: number, holds: (i: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
