import { expect, it } from 'vitest'
import type { StatsItem } from '../../protocol/types'
import { sparkWindow } from './lastHour'
import { LoadSeries } from './series'

const MINUTE = 60_000
/** The beginning of a minute. */
const NOW = 1_764_000_000_000

const item = (cpu: number | null): StatsItem => ({
  controller: 'edge-1',
  container: 'web',
  id: 'a',
  cpu_cores: cpu,
  memory_bytes: 1000,
  memory_limit: null,
  rx_bytes: null,
  tx_bytes: null,
  read_bytes: null,
  write_bytes: null,
})
/** The minutes before `NOW`, oldest first. */
const past = (...cpu: (number | null)[]) =>
  cpu.map((value, i) => ({ at: NOW - (cpu.length - 1 - i) * MINUTE, cpu: value, memory: value }))

it('has the past at once, with its gaps, up to the right edge', () => {
  const series = new LoadSeries()
  series.remember(past(1, 2, null, 4, 5, 6, 7), null)
  const { hour, points, to } = sparkWindow(series, 'cpu', NOW + 5000)
  expect(hour).toBe(true)
  expect(points).toHaveLength(61)
  expect(points.slice(-8).map((point) => point.value)).toEqual([1, 2, null, 4, 5, 6, 7, 7])
  expect(points.at(-1)!.at).toBe(to)
  expect(points[0]!.value).toBeNull()
})

it('continues with the means of samples, which replace the minute that was not over', () => {
  const series = new LoadSeries()
  series.remember(past(1, 1, 1, 1, 1, 9), null)
  for (let s = 0; s < 60; s += 2) series.add(item(s < 30 ? 2 : 4), NOW + s * 1000)
  series.add(item(6), NOW + MINUTE)
  const { points } = sparkWindow(series, 'cpu', NOW + MINUTE)
  expect(points.slice(-4).map((point) => point.value)).toEqual([1, 3, 6, 6])
})

it('shows two minutes of samples while there is little past', () => {
  const series = new LoadSeries()
  series.remember(past(null, null, 1), null)
  series.add(item(1), NOW - 3 * MINUTE)
  series.add(item(2), NOW - 3 * MINUTE + 2000)
  series.add(item(3), NOW - 2000)
  series.add(item(4), NOW)
  const { hour, points, from } = sparkWindow(series, 'cpu', NOW)
  expect(hour).toBe(false)
  expect(from).toBe(NOW - 120_000)
  expect(points.map((point) => point.value)).toEqual([3, 4])
})

it('knows the newest value of the past until a sample arrives', () => {
  const series = new LoadSeries()
  expect(series.newest).toBeNull()
  series.remember(past(1, 2, null), 4096)
  expect(series.newest).toMatchObject({ cpu: 2 })
  expect(series.limit).toBe(4096)
  series.add(item(3), NOW)
  expect(series.newest).toMatchObject({ cpu: 3 })
  expect(series.limit).toBeNull()
})
