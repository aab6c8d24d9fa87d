import type { LineRow } from '../rows/row'
import type { LiveFeed } from './liveFeed'
import { fetchPage, type FetchJson, type PagePosition, type StoredPage } from './logPages'
import type { PaneTails } from './paneTails'

/** Reads lines of a pane's containers from the store, and makes rows of them; the caller places these. */
export class PageReader {
  constructor(
    private readonly tails: PaneTails,
    private readonly feed: LiveFeed,
    private readonly fetchJson: FetchJson,
  ) {}

  /** Fails with a message for the reader. */
  async read(source: number, position: PagePosition, limit: number): Promise<StoredPage> {
    const target = this.tails.targets.get(source)
    if (!target) throw new Error('this container is no longer in the pane')
    const page = await fetchPage(this.fetchJson, target, position, limit)
    const rows = this.feed.stored(source, page.logs, page.streams)
    return { ...page, rows, missing: page.incomplete && this.feed.missing(source, page.incomplete) }
  }

  /** One whole line; null when it is not there any more. */
  async line(source: number, cursor: string): Promise<LineRow | null> {
    return (await this.read(source, { through: cursor }, 1)).rows.at(-1) ?? null
  }
}
