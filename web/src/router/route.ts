export type PageName =
  'list' | 'host' | 'container' | 'logs' | 'hosts' | 'record' | 'settings' | 'tokens' | 'setup' | 'unknown'
export type DetailTab = 'logs' | 'load' | 'details'

export const TABS: readonly DetailTab[] = ['logs', 'load', 'details']

/** The paths of the list; the relay serves the page under its file's name too. */
const LIST: ReadonlySet<string> = new Set(['', 'index.html'])

/** A parsed address. */
export interface Route {
  page: PageName
  /** The controller; only for `host` and `container`. */
  host: string | null
  /** A container's id, or its name if it has no id. */
  container: string | null
  /** Null when the address names none; only for `container`. */
  tab: DetailTab | null
  /** The path of an `unknown` address, below the page's root; empty for all others. */
  path: string
  query: URLSearchParams
}

export const HOME: Route = {
  page: 'list',
  host: null,
  container: null,
  tab: null,
  path: '',
  query: new URLSearchParams(),
}

/** The route of an address. */
export function parseRoute(base: string, address: string): Route {
  const root = new URL('./', base).pathname
  const url = new URL(address, base)
  const below = url.pathname.startsWith(root) ? url.pathname.slice(root.length) : ''
  const parts = below.replace(/\/$/, '').split('/').map(decoded)
  const [view, host, container] = parts
  const query = new URLSearchParams(url.search)
  const tab = TABS.find((one) => one === query.get('tab')) ?? null
  if (view === 'host' && host && parts.length === 2) return { ...HOME, page: 'host', host, query }
  if (view === 'c' && host && container && parts.length === 3)
    return { ...HOME, page: 'container', host, container, tab, query }
  if (
    (view === 'logs' ||
      view === 'hosts' ||
      view === 'record' ||
      view === 'settings' ||
      view === 'tokens' ||
      view === 'setup') &&
    parts.length === 1
  )
    return { ...HOME, page: view, query }
  return LIST.has(below) ? { ...HOME, query } : { ...HOME, page: 'unknown', path: below, query }
}

/** The path of a route below the page's root, with its query. */
export function formatRoute(route: Route): string {
  const query = route.query.toString()
  return pathname(route) + (query === '' ? '' : `?${query}`)
}

function pathname({ page, host, container, path }: Route): string {
  switch (page) {
    case 'host':
      return `/host/${encodeURIComponent(host ?? '')}`
    case 'container':
      return `/c/${encodeURIComponent(host ?? '')}/${encodeURIComponent(container ?? '')}`
    case 'logs':
    case 'hosts':
    case 'record':
    case 'settings':
    case 'tokens':
    case 'setup':
      return `/${page}`
    case 'unknown':
      return `/${path}`
    default:
      return '/'
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
