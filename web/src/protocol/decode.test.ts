import { describe, expect, it } from 'vitest'
import { decodeContainer } from './container'
import { golden } from '../testing/examples'
import { decodeFrame } from './decode'
import { MalformedFrame } from './fields'
import { decodeLoadHistory, decodeRecentLoads, type RecentItem } from './pastLoad'

describe('the golden files', () => {
  const types = [
    'action',
    'container_update',
    'containers_changed',
    'controller_status',
    'engine_status',
    'error',
    'heartbeat',
    'log_gap',
    'log_snapshot',
    'log_state',
    'new_logs',
    'pong',
  ]

  it.each(types)('%s keeps all fields that the page reads', (type) => {
    const text = golden(type)
    const wire = JSON.parse(text)
    const frame = decodeFrame(text) as unknown as Record<string, unknown>
    expect(frame.type).toBe(type)
    for (const [field, value] of Object.entries(frame)) {
      if (!(field in wire) || ['containers', 'changes', 'removed', 'id'].includes(field)) continue
      expect(frame[field], field).toEqual(value === null ? (wire[field] ?? null) : wire[field])
    }
  })

  it('keep each container field under its wire name', () => {
    const text = golden('container_update')
    const frame = decodeFrame(text)
    if (frame?.type !== 'container_update') throw new Error('another type')
    const wire = JSON.parse(text).containers
    frame.containers.forEach((container, i) => {
      for (const [field, value] of Object.entries(container)) {
        const expected = wire[i][field] ?? { oom_killed: false, status_detail: '', ports: [] }[field] ?? null
        expect(value, `${container.name}.${field}`).toEqual(expected)
      }
    })
    expect(frame.revision).toBe(41)
    expect(frame.controllers?.map((link) => link.state)).toEqual(['connected', 'waiting'])
  })

  it('accept a v1 message without additive fields', () => {
    const frame = decodeFrame(golden('new_logs_v1'))
    expect(frame).toMatchObject({ type: 'new_logs', sub: null, controller: '', streams: '', cursor: null })
  })

  it('decode an empty snapshot that does not resume', () => {
    expect(decodeFrame(golden('log_snapshot_empty'))).toMatchObject({ logs: [], resumed: null })
  })
})

it('stats distinguish unknown values from zero', () => {
  const frame = decodeFrame(golden('stats'))
  if (frame?.type !== 'stats') throw new Error('another type')
  const wire = JSON.parse(golden('stats'))
  expect(frame.at).toBe(wire.at)
  expect(frame.items).toEqual(wire.items)
  expect(frame.hosts).toMatchObject(wire.hosts)
})

it('past load distinguishes unknown values from zero', () => {
  const history = JSON.parse(golden('load_history'))
  const decoded = decodeLoadHistory(history)
  expect(decoded.cpu_cores).toEqual(history.cpu_cores)
  expect(decoded.write_bytes).toEqual(history.write_bytes)
  expect(decoded.host).toMatchObject(history.host)
  const recent = JSON.parse(golden('recent_load'))
  expect(decodeRecentLoads({ controllers: [recent] })[0]).toMatchObject({
    controller: recent.controller,
    step_ms: recent.step_ms,
    items: recent.items.map((item: RecentItem) => ({ container: item.container, cpu_cores: item.cpu_cores })),
  })
  expect(() => decodeLoadHistory({ ...history, cpu_cores: [1] })).toThrow(MalformedFrame)
})

describe('other frames', () => {
  it('of an unknown type are ignored', () => {
    expect(decodeFrame('{"type":"weather","items":[]}')).toBeNull()
  })

  it.each(['constructor', '__proto__', 'toString'])(
    'named like a member of Object (%s) are ignored',
    (type) => {
      expect(decodeFrame(JSON.stringify({ type }))).toBeNull()
    },
  )

  it.each([
    '',
    '[]',
    'null',
    '{"type":7}',
    '{"type":"container_update"}',
    '{"type":"new_logs","container":"a"}',
  ])('of the wrong shape are refused: %s', (text) => {
    expect(() => decodeFrame(text)).toThrow(MalformedFrame)
  })
})

it('reads the action in progress of a container', () => {
  const [change] = JSON.parse(golden('action_change')).changes
  expect(decodeContainer(change.container).action).toEqual(change.container.action)
  expect(decodeContainer({ ...change.container, action: { action: 'dance' } }).action).toBeNull()
})
