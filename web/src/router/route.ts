export type PageName = 'list' | 'host' | 'container' | 'logs' | 'settings'
export type DetailTab = 'logs' | 'load' | 'details'

const TABS: readonly string[] = ['logs', 'load', 'details']

/** A parsed address. */
export interface Route {
  page: PageName
  /** The controller; only for `host` and `container`. */
  host: string | null
  /** A container's id, or its name if it has no id. */
  container: string | null
  tab: DetailTab
  query: URLSearchParams
}

export const HOME: Route = {
  page: 'list',
  host: null,
  container: null,
  tab: 'logs',
  query: new URLSearchParams(),
}

/** The route of an address; an unknown one is the list. */
export function parseRoute(base: string, address: string): Route {
  const root = new URL('./', base).pathname
  const url = new URL(address, base)
  const below = url.pathname.startsWith(root) ? url.pathname.slice(root.length) : ''
  const [view, host, container] = below.split('/').map(decoded)
  const query = new URLSearchParams(url.search)
  const asked = query.get('tab') ?? ''
  const tab = (TABS.includes(asked) ? asked : 'logs') as DetailTab
  if (view === 'host' && host) return { ...HOME, page: 'host', host, query }
  if (view === 'c' && host && container) return { page: 'container', host, container, tab, query }
  if (view === 'logs' || view === 'settings') return { ...HOME, page: view, query }
  return { ...HOME, query }
}

/** The path of a route below the page's root, with its query. */
export function formatRoute(route: Route): string {
  const query = route.query.toString()
  return pathname(route) + (query === '' ? '' : `?${query}`)
}

function pathname({ page, host, container }: Route): string {
  switch (page) {
    case 'host':
      return `/host/${encodeURIComponent(host ?? '')}`
    case 'container':
      return `/c/${encodeURIComponent(host ?? '')}/${encodeURIComponent(container ?? '')}`
    case 'logs':
    case 'settings':
      return `/${page}`
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
