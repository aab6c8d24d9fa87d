import { expect, it } from 'vitest'
import { container, frame } from '../../testing/examples'
import { applyFrame, EMPTY_FLEET } from './fleet'
import { isAdmin, mayReadLogs, refusedByRights, seesAll } from './rights'

it('refuses nothing where the relay names no rights', () => {
  expect(refusedByRights(container(), 'logs')).toBeNull()
  expect(isAdmin(applyFrame(EMPTY_FLEET, frame('container_update', { containers: [] })))).toBe(true)
})

it('refuses what is not among the rights', () => {
  const viewed = container({ rights: ['view', 'stats'] })
  expect(refusedByRights(viewed, 'stats')).toBeNull()
  expect(refusedByRights(viewed, 'logs')).toContain('rights')
  expect(refusedByRights(viewed, 'inspect')).toContain('rights')
})

it('knows an admin by the rights that hold everywhere', () => {
  const fleet = (rights: string[]) =>
    applyFrame(EMPTY_FLEET, frame('container_update', { containers: [], rights }))
  expect(isAdmin(fleet(['view', 'stats']))).toBe(false)
  expect(isAdmin(fleet(['view', 'admin']))).toBe(true)
})

it('knows whether some log may be read, and whether each container is seen', () => {
  const fleet = (rights: string[] | undefined, ...containers: ReturnType<typeof container>[]) =>
    applyFrame(EMPTY_FLEET, frame('container_update', { containers, ...(rights ? { rights } : {}) }))
  const viewed = container({ rights: ['view', 'stats'] })
  expect(mayReadLogs(fleet(['view', 'stats'], viewed))).toBe(false)
  expect(mayReadLogs(fleet([], viewed, container({ name: 'db', rights: ['view', 'logs'] })))).toBe(true)
  expect(mayReadLogs(fleet(['view', 'logs']))).toBe(true)
  expect(mayReadLogs(fleet(undefined))).toBe(true)
  expect([undefined, ['view'], []].map((rights) => seesAll(fleet(rights)))).toEqual([true, true, false])
})
