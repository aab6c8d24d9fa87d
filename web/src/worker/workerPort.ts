import type { Environment } from '../connection/relayConnection'
import type { WorkerCommand, WorkerEvent } from './messages'
import { RelayWorker } from './relayWorker'

/** The page's end of the channel to a worker. */
export interface WorkerPort {
  post(command: WorkerCommand): void
  /** Ends the worker at once, whatever it is doing. */
  terminate(): void
}

export type OpenWorkerPort = (onEvent: (event: WorkerEvent) => void) => WorkerPort

/** Starts a worker from a file of its own; a blob would violate the Content-Security-Policy. */
export function openInWorker(base: string): OpenWorkerPort {
  return (onEvent) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'logs' })
    worker.onmessage = ({ data }: MessageEvent<WorkerEvent>) => onEvent(data)
    worker.postMessage(base)
    return { post: (command) => worker.postMessage(command), terminate: () => worker.terminate() }
  }
}

/** Runs on the page itself, for tests that control time. */
export function openOnPage(environment: Environment): OpenWorkerPort {
  return (onEvent) => {
    const worker = new RelayWorker(environment, onEvent)
    return {
      post: (command) => worker.handle(command),
      terminate: () => worker.handle({ type: 'stop' }),
    }
  }
}
