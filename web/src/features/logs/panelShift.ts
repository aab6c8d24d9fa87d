/** A part of the page, from left to right, in pixels. */
interface Span {
  left: number
  right: number
}

/**
 * How far right of its opener's left edge a panel begins, so that it stays within its box; null where it fits when
 * both end at the right.
 */
export function panelShift(opener: Span, width: number, box: Span): number | null {
  if (opener.right - width >= box.left) return null
  return Math.max(box.left, Math.min(opener.left, box.right - width)) - opener.left
}
