import { object, optionalText } from '../../protocol/fields'
import type { Target } from '../target'

/** A piece of a container's stored log, oldest line first. */
export interface Page {
  logs: unknown[]
  streams: string
  /** Of the first and the last line; null when the page is empty. */
  first: string | null
  cursor: string | null
  moreBefore: boolean
  moreAfter: boolean
  /** False when the place that was asked for is no longer in the store. */
  anchored: boolean
}

/** Which piece: each is a cursor or a nine-digit timestamp. With two of them, what lies between, oldest first. */
export type Place =
  | { before: string }
  | { through: string }
  | { after: string }
  | { after: string; before: string }
  | { around: string }

/** Gets JSON of the relay's at a path below the page's; fails with a sentence. */
export type FetchJson = (path: string) => Promise<unknown>

export const MOST_LINES = 5000

export async function readPage(
  fetchJson: FetchJson,
  target: Target,
  place: Place,
  limit: number,
): Promise<Page> {
  return pageOf(await fetchJson(pathOf(target, place, limit)))
}

export function pathOf(target: Target, place: Place, limit: number): string {
  const query = new URLSearchParams({ ...place, limit: String(limit) })
  if (target.controller !== '') query.set('controller', target.controller)
  return `api/container/${encodeURIComponent(target.name)}/logs?${query}`
}

function pageOf(answer: unknown): Page {
  const json = object(answer, 'page')
  return {
    logs: Array.isArray(json.logs) ? json.logs : [],
    streams: optionalText(json, 'streams') ?? '',
    first: optionalText(json, 'first'),
    cursor: optionalText(json, 'cursor'),
    moreBefore: json.more_before === true,
    moreAfter: json.more_after === true,
    anchored: json.anchored !== false,
  }
}
