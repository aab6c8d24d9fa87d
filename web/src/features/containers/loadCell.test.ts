import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { LoadStore } from '../../state/load/loadStore'
import { sessionKey, type Session } from '../../state/session'
import { container } from '../../testing/examples'
import LoadCell from './LoadCell.vue'

const MINUTE = 60_000
const NOW = 1_764_000_030_000
const MIB = 2 ** 20

/** A cell of a container whose last hour had these values, in a machine with 8 cores and 64 GiB. */
function cell(
  measure: 'cpu' | 'memory',
  past: (number | null)[],
  fields: Record<string, unknown> = {},
  limit: number | null = null,
) {
  const load = new LoadStore(
    () => {},
    () => () => {},
    () => Promise.resolve([]),
  )
  load.hosts.set('edge-1', { controller: 'edge-1', cpus: 8, memory_total: 64 * 1024 * MIB, refusal: null })
  const first = NOW - 30_000 - (past.length - 1) * MINUTE
  load.of('edge-1/web').series.remember(
    past.map((value, i) => ({ at: first + i * MINUTE, cpu: value, memory: value })),
    limit,
  )
  const session = { load, now: shallowRef(NOW), skew: shallowRef(0) } as unknown as Session
  return mount(LoadCell, {
    props: { container: container(fields), measure },
    global: { provide: { [sessionKey as symbol]: session } },
  })
}

const heights = (path: string) => [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => 22 - Number(y))

it('has the line and the value of the past before any sample arrives', () => {
  const shown = cell('cpu', Array(60).fill(0.029))
  expect(shown.text()).toBe('2.9 %')
  expect(heights(shown.get('.line').attributes('d')!)).toHaveLength(61)
})

it('shows a small load as small, and that it doubles; a full one is full', () => {
  const [before, after] = heights(
    cell('cpu', [...Array(30).fill(0.08), ...Array(30).fill(0.16)])
      .get('.line')
      .attributes('d')!,
  ).filter((_, i) => i === 0 || i === 60)
  expect(before).toBeCloseTo(2.2)
  expect(after).toBeCloseTo(3.1)
  expect(heights(cell('cpu', Array(60).fill(8)).get('.line').attributes('d')!)[0]).toBe(22)
  expect(heights(cell('cpu', Array(60).fill(0.5), { cpu_limit: 0.5 }).get('.line').attributes('d')!)[0]).toBe(
    22,
  )
})

it('says what the scale is', () => {
  expect(cell('cpu', Array(60).fill(1)).attributes('title')).toContain('the host, 8 cores')
  expect(cell('cpu', Array(60).fill(0.1), { cpu_limit: 0.5 }).attributes('title')).toContain(
    'its limit, 0.5 cores',
  )
  expect(cell('memory', Array(60).fill(MIB), {}, 512 * MIB).attributes('title')).toContain(
    'its limit, 512 MiB',
  )
  expect(cell('memory', Array(60).fill(MIB)).attributes('title')).toContain('the host, 64.0 GiB')
})

it('shows the share of a memory limit, and none of the host', () => {
  const limited = cell('memory', Array(60).fill(128 * MIB), {}, 512 * MIB)
  expect(limited.get('.share').text()).toBe('25 %')
  expect(limited.find('.near').exists()).toBe(false)
  expect(
    cell('memory', Array(60).fill(500 * MIB), {}, 512 * MIB)
      .find('.near')
      .exists(),
  ).toBe(true)
  expect(
    cell('memory', Array(60).fill(128 * MIB))
      .find('.share')
      .exists(),
  ).toBe(false)
})

it('shows nothing of a container that does not run, and a break where nothing was measured', () => {
  const stopped = cell('cpu', Array(60).fill(1), { status: 'exited', running: false })
  expect(stopped.find('.line').exists()).toBe(false)
  expect(stopped.text()).toBe('—')
  const broken = cell('cpu', [...Array(20).fill(1), null, null, ...Array(38).fill(1)])
  expect(broken.get('.line').attributes('d')!.match(/M/g)).toHaveLength(2)
})
