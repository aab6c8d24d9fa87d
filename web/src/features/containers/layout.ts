/** Where things of several heights stand that lie below one another: the upper edge of each, and of what would follow. */
export function topsOf(heights: readonly number[]): number[] {
  const tops = [0]
  for (const height of heights) tops.push(tops.at(-1)! + height)
  return tops
}

/** Some of them, by their numbers; `end` is not one of them. */
export interface IndexRange {
  first: number
  end: number
}

/** The first that reaches beyond `from`, and the one after the last that begins before `to`. */
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
 * One step from what is drawn to what is to be drawn: at most so many more, downwards first; where nothing of it is
 * drawn yet, beginning at `from`.
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
 * Where to scroll to so that what lies between two edges is in sight, moving as little as can be.
 *
 * @param covered by the list's own header, at the upper edge
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

/** The lowest number below `count` for which it holds, and `count` when for none; it holds for all above. */
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
