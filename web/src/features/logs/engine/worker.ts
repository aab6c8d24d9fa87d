import { browserWorld } from '../../../connection/browser'
import { Engine } from './engine'
import type { Order } from './orders'

/** The worker of a page: its first message is the page's address, every other one an order. */
let engine: Engine | null = null

addEventListener('message', ({ data }: MessageEvent<string | Order>) => {
  if (typeof data === 'string') engine = new Engine(browserWorld(data), (report) => postMessage(report))
  else engine?.obey(data)
})
