import type { Edge, Picture } from './rowStore'
import type { Line } from './row'
import type { Page } from '../pane/logPages'

// What a picture holds of a container's stored log, and where that ends.

/** How far a page that stands for itself reaches. */
export function edgeOf(page: Page): Edge {
  return { first: page.first, last: page.cursor, moreBefore: page.moreBefore, moreAfter: page.moreAfter }
}

/** The first line of a container that a picture holds. */
export function firstOf(picture: Picture, source: number): Line | undefined {
  return lineAt(
    picture,
    picture.all.findIndex((row) => row.source === source && row.kind === 'line'),
  )
}

/** And the last one. */
export function lastOf(picture: Picture, source: number): Line | undefined {
  return lineAt(
    picture,
    picture.all.findLastIndex((row) => row.source === source && row.kind === 'line'),
  )
}

function lineAt(picture: Picture, index: number): Line | undefined {
  return picture.all.at(index) as Line | undefined
}

/** A page up to a time, that time included, may end with lines that are there already. */
export function withoutHeld(rows: Line[], picture: Picture, first: Line): Line[] {
  const from = picture.all.indexOf(first.n)
  const held = picture.all
    .slice(from, from + 2000)
    .filter(
      (row): row is Line => row.kind === 'line' && row.source === first.source && row.time === first.time,
    )
  let end = rows.length
  for (let i = held.length - 1; i >= 0 && rows[end - 1]?.time === first.time; i--) end--
  return rows.slice(0, end)
}
