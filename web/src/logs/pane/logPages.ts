import { object, optionalText } from '../../protocol/fields'
import type { Coverage } from '../rows/rowStore'
import type { GapRow, LineRow } from '../rows/row'
import type { Target } from '../target'

/** A page of a container's stored log, oldest line first. */
export interface LogPage {
  logs: unknown[]
  streams: string
  /** Cursors of the first and the last line; null when the page is empty. */
  first: string | null
  cursor: string | null
  moreBefore: boolean
  moreAfter: boolean
  /** False when the position that was asked for is no longer in the store. */
  anchored: boolean
  /** Lines that the engine cannot read, right before the first line or right after the last; null when there are none. */
  incomplete: { reason: string; from: string | null; to: string | null } | null
}

/** A page with the rows that were made of its lines. */
export interface StoredPage extends LogPage {
  rows: LineRow[]
  /** The row of the lines that the engine cannot read; null when there are none. */
  missing: GapRow | null
}

/** Which page: each value is a cursor or a nine-digit timestamp. With two values, the lines between them. */
export type PagePosition =
  | { before: string }
  /** Up to and including. */
  | { through: string }
  | { after: string }
  | { after: string; before: string }
  | { around: string }

/** Fetches JSON from the relay at a path relative to the page. Fails with a message for the reader. */
export type FetchJson = (path: string) => Promise<unknown>

/** Reads a page of one container of a pane. Fails with a message for the reader. */
export type ReadPage = (source: number, position: PagePosition, limit: number) => Promise<StoredPage>

/** The relay's limit of lines per page. */
export const MAX_PAGE_LINES = 5000

export async function fetchPage(
  fetchJson: FetchJson,
  target: Target,
  position: PagePosition,
  limit: number,
): Promise<LogPage> {
  return decodePage(await fetchJson(pageUrl(target, position, limit)))
}

export function coverageOf(page: LogPage): Coverage {
  return { first: page.first, last: page.cursor, moreBefore: page.moreBefore, moreAfter: page.moreAfter }
}

function pageUrl(target: Target, position: PagePosition, limit: number): string {
  const query = new URLSearchParams({ ...position, limit: String(limit) })
  if (target.controller !== '') query.set('controller', target.controller)
  return `api/container/${encodeURIComponent(target.name)}/logs?${query}`
}

function decodeIncomplete(value: unknown): LogPage['incomplete'] {
  if (value === undefined || value === null) return null
  const json = object(value, 'incomplete')
  return {
    reason: optionalText(json, 'reason') ?? '',
    from: optionalText(json, 'from'),
    to: optionalText(json, 'to'),
  }
}

function decodePage(answer: unknown): LogPage {
  const json = object(answer, 'page')
  return {
    logs: Array.isArray(json.logs) ? json.logs : [],
    streams: optionalText(json, 'streams') ?? '',
    first: optionalText(json, 'first'),
    cursor: optionalText(json, 'cursor'),
    moreBefore: json.more_before === true,
    moreAfter: json.more_after === true,
    anchored: json.anchored !== false,
    incomplete: decodeIncomplete(json.incomplete),
  }
}
