import type { World } from '../../../connection/link'
import { Engine } from './engine'
import type { Order, Report } from './orders'

/** The page's end of the line to the engine. */
export interface Post {
  give(order: Order): void
  /** Ends it at once, whatever it is doing. */
  end(): void
}

export type OpenPost = (report: (report: Report) => void) => Post

/** In a worker of its own file; no blob, so that the Content-Security-Policy allows it. */
export function inWorker(base: string): OpenPost {
  return (report) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'logs' })
    worker.onmessage = ({ data }: MessageEvent<Report>) => report(data)
    worker.postMessage(base)
    return { give: (order) => worker.postMessage(order), end: () => worker.terminate() }
  }
}

/** On the page itself, for tests whose world stands still. */
export function onPage(world: World): OpenPost {
  return (report) => {
    const engine = new Engine(world, report)
    return { give: (order) => engine.obey(order), end: () => engine.obey({ order: 'stop' }) }
  }
}
