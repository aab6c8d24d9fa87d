import { browserEnvironment } from '../connection/browserEnvironment'
import type { WorkerCommand } from './messages'
import { RelayWorker } from './relayWorker'

/** The worker's entry point. The first message is the page's address, every other message is a command. */
let worker: RelayWorker | null = null

addEventListener('message', ({ data }: MessageEvent<string | WorkerCommand>) => {
  if (typeof data === 'string')
    worker = new RelayWorker(browserEnvironment(data), (event) => postMessage(event))
  else worker?.handle(data)
})
