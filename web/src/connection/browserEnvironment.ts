import { fetchJson, fetchLines, fetchObstacle } from './http'
import type { Environment, RelaySocket } from './relayConnection'
import { sessionUrl, socketUrl } from './urls'

/** The environment in a browser, on the page or in a worker. @param base the page's address */
export function browserEnvironment(base: string): Environment {
  return {
    openSocket: () => new WebSocket(socketUrl(base)) as RelaySocket,
    now: () => Date.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
    random: () => Math.random(),
    obstacle: () => fetchObstacle(sessionUrl(base)),
    fetchJson: (path) => fetchJson(new URL(path, base)),
    fetchLines: (path, onLine, signal) => fetchLines(new URL(path, base), onLine, signal),
  }
}
