import { shallowRef, type ShallowRef } from 'vue'
import { HOME, formatRoute, parseRoute, type Route, type DetailTab, type PageName } from './route'

type Values = Record<string, string | readonly string[] | null>

/** The browser's address and history, as far as the page uses them; a test has its own. */
export interface BrowserHistory {
  /** The whole address. */
  address(): string
  push(address: string): void
  replace(address: string): void
  back(): void
  /** Called when a person goes back or forward. */
  moved(task: () => void): () => void
}

/**
 * Where the page is, kept in the address: which view, and with which filters and panes. So a link shows somebody
 * else the same. One for the page; reading it in a component follows it.
 */
export class Router {
  private readonly route: ShallowRef<Route> = shallowRef(HOME)
  private stopListening: (() => void) | null = null

  constructor(
    private readonly base: string,
    private readonly history: BrowserHistory,
  ) {
    this.read()
  }

  start(): void {
    this.stopListening = this.history.moved(() => this.read())
  }

  stop(): void {
    this.stopListening?.()
  }

  get page(): PageName {
    return this.route.value.page
  }

  get host(): string | null {
    return this.route.value.host
  }

  get container(): string | null {
    return this.route.value.container
  }

  get tab(): DetailTab {
    return this.route.value.tab
  }

  query(name: string): string | null {
    return this.route.value.query.get(name)
  }

  queryAll(name: string): string[] {
    return this.route.value.query.getAll(name)
  }

  /** Null takes a value away, as does an empty one. */
  setQuery(values: Values, how: 'push' | 'replace' = 'replace'): void {
    const { page, host, container, tab, query } = this.route.value
    const next = withValues(query, values)
    if (next.toString() === query.toString()) return
    this.history[how](this.absolute(formatRoute({ page, host, container, tab, query: next })))
    this.read()
  }

  /** To a path below the page's root, such as `/c/host/id?tab=load`. */
  go(path: string, how: 'push' | 'replace' = 'push'): void {
    if (path === formatRoute(this.route.value)) return
    this.history[how](this.absolute(path))
    this.read()
  }

  back(): void {
    this.history.back()
  }

  /** The path's whole address: for `href`, and under whatever prefix the page is served. */
  href(path: string): string {
    return this.absolute(path)
  }

  /** The path of another view that keeps the filters and the open logs. */
  path(page: PageName, to: Partial<Route> = {}): string {
    const kept = new URLSearchParams(this.route.value.query)
    if (page === 'container' || this.route.value.page === 'container') kept.delete('tab')
    return formatRoute({ ...HOME, page, query: kept, ...to })
  }

  private absolute(path: string): string {
    return new URL(path.replace(/^\//, './'), this.base).href
  }

  private read(): void {
    this.route.value = parseRoute(this.base, this.history.address())
  }
}

function withValues(query: URLSearchParams, values: Values): URLSearchParams {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(values)) {
    next.delete(name)
    const all = value === null || value === '' ? [] : typeof value === 'string' ? [value] : value
    for (const one of all) next.append(name, one)
  }
  return next
}
