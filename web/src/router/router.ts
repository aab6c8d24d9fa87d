import { shallowRef, type ShallowRef } from 'vue'
import { HOME, formatRoute, parseRoute, type Route, type DetailTab, type PageName } from './route'

type Values = Record<string, string | readonly string[] | null>

/** The part of the browser's history that the page uses; a test has its own. */
export interface BrowserHistory {
  /** The full address. */
  address(): string
  push(address: string): void
  replace(address: string): void
  back(): void
  /** Calls the task when the user goes back or forward; returns a function that stops it. */
  moved(task: () => void): () => void
}

/**
 * The current route, kept in the address: which page, with which filters and panes. A link shows someone else the same.
 * One for the page; its properties are reactive.
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

  /** The path that leads to no view, such as `/nowhere`. */
  get unknownPath(): string {
    return `/${this.route.value.path}`
  }

  get tab(): DetailTab | null {
    return this.route.value.tab
  }

  query(name: string): string | null {
    return this.route.value.query.get(name)
  }

  queryAll(name: string): string[] {
    return this.route.value.query.getAll(name)
  }

  /** Changes query values; null or an empty value removes one. */
  setQuery(values: Values, how: 'push' | 'replace' = 'replace'): void {
    const { query } = this.route.value
    const next = withValues(query, values)
    if (next.toString() === query.toString()) return
    this.history[how](this.absolute(formatRoute({ ...this.route.value, query: next })))
    this.read()
  }

  /** Changes the host of the address, which is the same one under another id. */
  renameHost(host: string): void {
    this.history.replace(this.absolute(formatRoute({ ...this.route.value, host })))
    this.read()
  }

  /** Goes to a path below the page's root, such as `/c/host/id?tab=load`. */
  go(path: string, how: 'push' | 'replace' = 'push'): void {
    if (path === formatRoute(this.route.value)) return
    this.history[how](this.absolute(path))
    this.read()
  }

  back(): void {
    this.history.back()
  }

  /** The full address of a path, under any prefix that the page is served at. */
  href(path: string): string {
    return this.absolute(path)
  }

  /** The path of this address, with its query. */
  get here(): string {
    return formatRoute(this.route.value)
  }

  /** The path of another page, with the current filters and open logs. */
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
