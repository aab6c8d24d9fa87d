import { beforeEach, describe, expect, it } from 'vitest'
import type { Request, StatsItem } from '../../protocol/types'
import { FakeEnvironment } from '../../testing/environment'
import { LoadStore } from './loadStore'
import { LoadSeries } from './series'
import { roundUp, roundUpBytes, sparkPaths } from '../../ui/sparkline'

const item = (fields: Partial<StatsItem> = {}): StatsItem => ({
  controller: 'edge-1',
  container: 'web',
  id: 'a',
  cpu_cores: 0.5,
  memory_bytes: 1000,
  memory_limit: null,
  rx_bytes: 0,
  tx_bytes: null,
  read_bytes: 0,
  write_bytes: 0,
  ...fields,
})

describe('a series', () => {
  it('computes rates from counters and time', () => {
    const series = new LoadSeries()
    series.add(item(), 0)
    series.add(item({ rx_bytes: 4000 }), 2000)
    expect(series.last).toMatchObject({ received: 2000, sent: null, cpu: 0.5 })
  })

  it('detects a new run by a smaller counter or another id', () => {
    const series = new LoadSeries()
    series.add(item({ rx_bytes: 5000 }), 0)
    series.add(item({ rx_bytes: 10 }), 2000)
    expect(series.last!.received).toBeNull()
    series.add(item({ id: 'b', rx_bytes: 900 }), 4000)
    expect(series.last!.received).toBeNull()
    expect(series.points.map((point) => point.cpu)).toEqual([0.5, 0.5, null, 0.5])
  })

  it('has a gap where samples are missing, and no sample twice', () => {
    const series = new LoadSeries()
    series.add(item(), 0)
    series.add(item(), 60_000)
    series.add(item(), 60_000)
    expect(series.points.map((point) => point.cpu)).toEqual([0.5, null, 0.5])
  })

  it('is bounded', () => {
    const series = new LoadSeries()
    for (let i = 0; i < 5000; i++) series.add(item(), i * 2000)
    expect(series.points.length).toBeLessThan(1100)
  })
})

describe('the load store', () => {
  let environment: FakeEnvironment
  let sent: Request[]
  let store: LoadStore
  const asked = () => sent.map((request) => (request.type === 'subscribe_stats' ? request.containers : null))

  beforeEach(() => {
    environment = new FakeEnvironment()
    sent = []
    store = new LoadStore(
      (request) => sent.push(request),
      (ms, task) => environment.after(ms, task),
    )
  })

  it('subscribes to the watched keys once they rest, and unsubscribes without any', () => {
    const list = store.watch()
    list.keys(['h/a'])
    list.keys(['h/b', 'h/a'])
    expect(sent).toEqual([])
    environment.pass(1000)
    const detail = store.watch()
    detail.keys(['h/c', 'h/a'])
    environment.pass(1000)
    list.release()
    environment.pass(1000)
    detail.release()
    environment.pass(1000)
    expect(asked()).toEqual([['h/a', 'h/b'], ['h/a', 'h/b', 'h/c'], ['h/a', 'h/c'], null])
  })

  it('unsubscribes while the page is hidden, and subscribes again on a new connection', () => {
    store.watch().keys(['h/a'])
    store.connected()
    store.hide(true)
    environment.pass(1000)
    store.hide(false)
    environment.pass(1000)
    store.connected()
    expect(asked()).toEqual([['h/a'], null, ['h/a'], ['h/a']])
  })

  it('sends no request on a new connection without watched keys', () => {
    store.connected()
    expect(sent).toEqual([])
  })
})

it('draws lines from zero, with breaks where values are unknown, within the edges', () => {
  const frame = { width: 100, height: 20, from: 0, to: 10, top: 10 }
  const samples = [
    { at: -5, value: 3 },
    { at: 0, value: 0 },
    { at: 2, value: 5 },
    { at: 4, value: null },
    { at: 6, value: 99 },
  ]
  expect(sparkPaths(samples, frame).line).toBe('M0 20L20 10M60 0h.01')
})

it('rounds the scale up', () => {
  expect([0, 0.3, 1, 1.1, 4.9, 60].map(roundUp)).toEqual([1, 0.5, 1, 2, 5, 100])
  expect([0, 1025, 3 * 2 ** 20].map(roundUpBytes)).toEqual([1024, 1536, 3 * 2 ** 20])
})
