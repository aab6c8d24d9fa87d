/** A horizontal part of the page, in px. */
interface Span {
  left: number
  right: number
}

/**
 * The distance of a panel from the left edge of its opener, so that it stays within its box; null when it fits with
 * both right edges aligned.
 */
export function panelShift(opener: Span, width: number, box: Span): number | null {
  if (opener.right - width >= box.left) return null
  return Math.max(box.left, Math.min(opener.left, box.right - width)) - opener.left
}
