import { browserWorld } from '../connection/browser'
import { RelayWorker } from './relayWorker'
import type { WorkerCommand } from './messages'

/** The worker of a page: its first message is the page's address, every other one an order. */
let engine: RelayWorker | null = null

addEventListener('message', ({ data }: MessageEvent<string | WorkerCommand>) => {
  if (typeof data === 'string') engine = new RelayWorker(browserWorld(data), (report) => postMessage(report))
  else engine?.obey(data)
})
