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
  it('the golden change applies to the golden list', () => {
    const whole = applyFrame(EMPTY_FLEET, decodeFrame(golden('container_update'))!)
    const after = applyFrame(whole, decodeFrame(golden('containers_changed'))!)
    expect(after.missedChange).toBe(false)
    expect(after.revision).toBe(42)
    expect(names(after)).toEqual(['ffmpeg-kick', 'multiplexer', 'nginx-proxy', 'scheduler'])
  })

  it('replace the list from before', () => {
    const one = applyFrame(EMPTY_FLEET, list(1, container({ name: 'a' }), container({ name: 'b', id: 'b' })))
    expect(names(applyFrame(one, list(2, container({ name: 'c' }))))).toEqual(['c'])
  })

  it('keep containers with the same name on two controllers apart', () => {
    const fleet = applyFrame(EMPTY_FLEET, list(1, container(), container({ controller: 'edge-2' })))
    expect([...fleet.containers.keys()]).toEqual(['edge-1/web', 'edge-2/web'])
  })
})

describe('changes', () => {
  const known = applyFrame(
    EMPTY_FLEET,
    list(5, container({ name: 'a', id: 'a1' }), container({ name: 'b', id: 'b1' })),
  )

  it('add and remove containers', () => {
    const after = applyFrame(
      known,
      delta(6, {
        containers: [container({ name: 'c', id: 'c1' })],
        removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }],
      }),
    )
    expect(names(after)).toEqual(['b', 'c'])
  })

  it('after a missed one wait for the whole list', () => {
    const after = applyFrame(known, delta(7, { removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }] }))
    expect(after.missedChange).toBe(true)
    expect(names(after)).toEqual(['a', 'b'])
    expect(applyFrame(after, delta(8, {}))).toBe(after)
    expect(applyFrame(after, list(9, container())).missedChange).toBe(false)
  })

  it('with an old revision are not applied', () => {
    expect(applyFrame(known, delta(5, { removed: [{ controller: 'edge-1', id: 'a1', name: 'a' }] }))).toBe(
      known,
    )
  })

  it('move a renamed container to its new name', () => {
    expect(names(applyFrame(known, delta(6, { containers: [container({ name: 'z', id: 'a1' })] })))).toEqual([
      'b',
      'z',
    ])
  })

  it('remove only the container with the given id', () => {
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

  it('of a controller start with its first status and last through all attempts', () => {
    let fleet = applyFrame(EMPTY_FLEET, status('waiting', 'T1'))
    fleet = applyFrame(fleet, status('connecting', 'T2'))
    expect(fleet.controllers.get('edge-1')).toMatchObject({ state: 'connecting', awaySince: 'T1' })
    fleet = applyFrame(fleet, status('connected', 'T3'))
    expect(fleet.controllers.get('edge-1')?.awaySince).toBeNull()
  })

  it('of the connection clear the engines and keep the containers', () => {
    let fleet = applyFrame(EMPTY_FLEET, list(3, container()))
    fleet = applyFrame(fleet, decodeFrame(golden('engine_status'))!)
    expect(fleet.engines.get('edge-1')?.available).toBe(false)
    fleet = reconnected(fleet)
    expect(fleet.engines.size).toBe(0)
    expect(names(fleet)).toEqual(['web'])
  })
})
