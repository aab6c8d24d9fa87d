import type { World } from '../connection/link'
import { RelayWorker } from './relayWorker'
import type { WorkerCommand, WorkerEvent } from './messages'

/** The page's end of the line to the engine. */
export interface WorkerPort {
  give(order: WorkerCommand): void
  /** Ends it at once, whatever it is doing. */
  end(): void
}

export type OpenWorkerPort = (report: (report: WorkerEvent) => void) => WorkerPort

/** In a worker of its own file; no blob, so that the Content-Security-Policy allows it. */
export function openInWorker(base: string): OpenWorkerPort {
  return (report) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'logs' })
    worker.onmessage = ({ data }: MessageEvent<WorkerEvent>) => report(data)
    worker.postMessage(base)
    return { give: (order) => worker.postMessage(order), end: () => worker.terminate() }
  }
}

/** On the page itself, for tests whose world stands still. */
export function openOnPage(world: World): OpenWorkerPort {
  return (report) => {
    const engine = new RelayWorker(world, report)
    return { give: (order) => engine.obey(order), end: () => engine.obey({ order: 'stop' }) }
  }
}
