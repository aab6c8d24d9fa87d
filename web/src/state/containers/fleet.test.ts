import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../protocol/decode'
import { container, frame, golden } from '../../testing/examples'
import { applyFrame, EMPTY_FLEET, reconnected, type Fleet } from './fleet'

const list = (revision: number | null, ...containers: ReturnType<typeof container>[]) =>
  frame('container_update', {
    timestamp: '',
    containers,
    changes: [],
    controllers: null,
    engines: null,
    revision,
  })
const delta = (revision: number, fields: object) =>
  frame('containers_changed', {
    timestamp: '',
    revision,
    containers: [],
    removed: [],
    changes: [],
    ...fields,
  })
const names = (fleet: Fleet) => [...fleet.containers.values()].map((one) => one.name).sort()

describe('whole lists', () => {
  it('the golden list and the golden delta fit together', () => {
    const whole = applyFrame(EMPTY_FLEET, decodeFrame(golden('container_update'))!)
    const after = applyFrame(whole, decodeFrame(golden('containers_changed'))!)
    expect(after.missedChange).toBe(false)
    expect(after.revision).toBe(42)
    expect(names(after)).toEqual(['ffmpeg-kick', 'multiplexer', 'nginx-proxy', 'scheduler'])
  })

  it('replace what was known', () => {
    const one = applyFrame(EMPTY_FLEET, list(1, container({ name: 'a' }), container({ name: 'b', id: 'b' })))
    expect(names(applyFrame(one, list(2, container({ name: 'c' }))))).toEqual(['c'])
  })

  it('one name on two controllers is two containers', () => {
    const fleet = applyFrame(EMPTY_FLEET, list(1, container(), container({ controller: 'edge-2' })))
    expect([...fleet.containers.keys()]).toEqual(['edge-1/web', 'edge-2/web'])
  })
})

describe('deltas', () => {
  const known = applyFrame(
    EMPTY_FLEET,
    list(5, container({ name: 'a', id: 'a1' }), container({ name: 'b', id: 'b1' })),
  )

  it('change, add and remove', () => {
    const after = applyFrame(
      known,
      delta(6, {
        containers: [container({ name: 'c', id: 'c1' })],
        removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }],
      }),
    )
    expect(names(after)).toEqual(['b', 'c'])
  })

  it('a missedChange asks for the whole list, and nothing is guessed meanwhile', () => {
    const after = applyFrame(known, delta(7, { removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }] }))
    expect(after.missedChange).toBe(true)
    expect(names(after)).toEqual(['a', 'b'])
    expect(applyFrame(after, delta(8, {}))).toBe(after)
    expect(applyFrame(after, list(9, container())).missedChange).toBe(false)
  })

  it('what the list holds already is not applied again', () => {
    expect(applyFrame(known, delta(5, { removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }] }))).toBe(
      known,
    )
  })

  it('a renamed container leaves its old name', () => {
    expect(names(applyFrame(known, delta(6, { containers: [container({ name: 'z', id: 'a1' })] })))).toEqual([
      'b',
      'z',
    ])
  })

  it('a removal means the container of that id only', () => {
    const recreated = applyFrame(known, delta(6, { containers: [container({ name: 'a', id: 'a2' })] }))
    const after = applyFrame(
      recreated,
      delta(7, { removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }] }),
    )
    expect(names(after)).toEqual(['a', 'b'])
  })
})

describe('outages', () => {
  const status = (state: string, since: string) =>
    frame('controller_status', { controller: 'edge-1', state, since, attempt: 1, retry_in_ms: null })

  it('a controller is away since its first word of it, through all attempts', () => {
    let fleet = applyFrame(EMPTY_FLEET, status('waiting', 'T1'))
    fleet = applyFrame(fleet, status('connecting', 'T2'))
    expect(fleet.controllers.get('edge-1')).toMatchObject({ state: 'connecting', awaySince: 'T1' })
    fleet = applyFrame(fleet, status('connected', 'T3'))
    expect(fleet.controllers.get('edge-1')?.awaySince).toBeNull()
  })

  it('what was said of engines is forgotten with the connection, the containers are not', () => {
    let fleet = applyFrame(EMPTY_FLEET, list(3, container()))
    fleet = applyFrame(fleet, decodeFrame(golden('engine_status'))!)
    expect(fleet.engines.get('edge-1')?.available).toBe(false)
    fleet = reconnected(fleet)
    expect(fleet.engines.size).toBe(0)
    expect(names(fleet)).toEqual(['web'])
  })
})
