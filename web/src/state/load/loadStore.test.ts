import { beforeEach, describe, expect, it } from 'vitest'
import type { Request, StatsItem } from '../../protocol/types'
import { decodeRecentLoads } from '../../protocol/pastLoad'
import { FakeEnvironment } from '../../testing/environment'
import { golden } from '../../testing/examples'
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
  let fetched: number
  const asked = () => sent.map((request) => (request.type === 'subscribe_stats' ? request.containers : null))

  beforeEach(() => {
    environment = new FakeEnvironment()
    sent = []
    fetched = 0
    store = new LoadStore(
      (request) => sent.push(request),
      (ms, task) => environment.after(ms, task),
      () => {
        fetched++
        return Promise.resolve(decodeRecentLoads({ controllers: [JSON.parse(golden('recent_load'))] }))
      },
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

  it('has the last hour of all containers at once', async () => {
    store.watch().keys(['edge-1/nginx-proxy'])
    environment.pass(1000)
    await Promise.resolve()
    const { series } = store.of('edge-1/nginx-proxy')
    expect(series.past.map((minute) => minute.cpu)).toEqual([0.0213, null, 0.5])
    expect(series.past[1]!.at).toBe(Date.parse('2025-11-25T21:54:00.000Z'))
    expect(series.limit).toBe(536870912)
    expect(store.of('edge-1/scheduler').series.newest).toMatchObject({ memory: 1228800 })
    expect(store.hosts.get('edge-1')).toMatchObject({ cpus: 8 })
  })

  it('fetches the past for containers that come into sight, once a minute at most, and after a hole', () => {
    const list = store.watch()
    list.keys(['h/a', 'h/b'])
    environment.pass(1000)
    expect(fetched).toBe(1)
    list.keys(['h/b', 'h/c'])
    environment.pass(1000)
    expect(fetched).toBe(1)
    environment.pass(60_000)
    expect(fetched).toBe(2)
    list.keys(['h/c'])
    environment.pass(200_000)
    expect(fetched).toBe(2)
    store.connected()
    expect(fetched).toBe(3)
    store.hide(true)
    environment.pass(1000)
    store.hide(false)
    environment.pass(1000)
    expect(fetched).toBe(4)
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

it('draws the square root of a share, so that small values and their changes are visible', () => {
  const frame = { width: 100, height: 20, from: 0, to: 10, top: 8, root: true }
  const at = (value: number) => sparkPaths([{ at: 0, value }], frame).line
  expect([0.08, 2, 8, 9].map(at)).toEqual(['M0 18h.01', 'M0 10h.01', 'M0 0h.01', 'M0 0h.01'])
})

it('rounds the scale up', () => {
  expect([0, 0.3, 1, 1.1, 4.9, 60].map(roundUp)).toEqual([1, 0.5, 1, 2, 5, 100])
  expect([0, 1025, 3 * 2 ** 20].map(roundUpBytes)).toEqual([1024, 1536, 3 * 2 ** 20])
})
