import type { ChunkedList } from '../rows/chunkedList'
import type { LogRow } from '../rows/row'
import type { Viewport } from './commands'

export const INITIAL_VIEWPORT: Viewport = {
  follow: true,
  top: 0,
  height: 50,
  anchor: null,
  moves: 0,
  wrap: false,
  columns: 200,
}

/** The viewport after rows were added or dropped above its anchor row: the row stays where the reader sees it. */
export function keepAnchor(viewport: Viewport, shown: ChunkedList<LogRow>): Viewport {
  if (!viewport.anchor) return viewport
  const { n, line } = viewport.anchor
  const at = shown.indexOf(n)
  if (at < 0) return viewport
  const now = shown.linesBefore(at)
  return { ...viewport, top: viewport.top + now - line, anchor: { n, line: now } }
}

/** The top line that puts a line at a third of the page's height, where readers look first. */
export function topFor(line: number, viewport: Viewport): number {
  return Math.max(0, line - Math.floor(viewport.height / 3))
}
