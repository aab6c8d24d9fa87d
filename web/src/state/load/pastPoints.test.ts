import { expect, it } from 'vitest'
import { decodeLoadHistory, type LoadColumn } from '../../protocol/pastLoad'
import { container, golden } from '../../testing/examples'
import { continued, pastPoints } from './pastPoints'
import { cpuScale, memoryScale } from './scale'

const SINCE = Date.parse('2025-11-25T21:53:00.000Z')
const history = decodeLoadHistory(JSON.parse(golden('load_history')))

it('has a point in the middle of each step, with the highest measurement and with gaps', () => {
  const points = pastPoints(history, SINCE + 23_000)
  expect(points.map((point) => point.at - SINCE)).toEqual([5000, 15_000, 23_000])
  expect(points.map((point) => point.cpu)).toEqual([0.0213, null, 0.5])
  expect(points.map((point) => point.peak?.cpu)).toEqual([0.0299, null, 0.9871])
  expect(points[0]).toMatchObject({ memory: 43122688, received: 1280, sent: 16800, read: 0, written: null })
})

const sample = (at: number) => ({
  at: SINCE + at,
  cpu: 1,
  memory: 2,
  received: null,
  sent: null,
  read: null,
  written: null,
})
const times = (points: { at: number }[]) => points.map((point) => point.at - SINCE)

it('continues with the samples after the answer', () => {
  const all = continued(history, SINCE + 23_000, [sample(21_000), sample(23_000), sample(25_000)])
  expect(times(all)).toEqual([5000, 15_000, 23_000, 25_000])
  expect(times(continued(null, -Infinity, [sample(1)]))).toEqual([1])
})

it('joins samples to the last known step, unless too much is missing between them', () => {
  const unknown = (column: LoadColumn) => ({ mean: column.mean.with(2, null), max: column.max.with(2, null) })
  const late = {
    ...history,
    cpu_cores: unknown(history.cpu_cores),
    memory_bytes: unknown(history.memory_bytes),
  }
  expect(times(continued(late, SINCE + 23_000, [sample(24_000)]))).toEqual([5000, 24_000])
  expect(times(continued(late, SINCE + 50_000, [sample(51_000)]))).toEqual([5000, 15_000, 25_000, 51_000])
})

it('scales to the limit of a container, else to the machine', () => {
  const host = { controller: 'edge-1', cpus: 8, memory_total: 64, refusal: null }
  expect(cpuScale(container({ cpu_limit: 0.5 }), host)).toEqual({ top: 0.5, own: true })
  expect(cpuScale(container(), host)).toEqual({ top: 8, own: false })
  expect(cpuScale(container(), null)).toBeNull()
  expect(memoryScale(32, host)).toEqual({ top: 32, own: true })
  expect(memoryScale(null, host)).toEqual({ top: 64, own: false })
  expect(memoryScale(null, undefined)).toBeNull()
})
