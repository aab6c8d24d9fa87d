import { expect, it } from 'vitest'
import { rolesInForce } from './roles'

it('names the roles of a user who has them everywhere', () => {
  expect(rolesInForce(['admin'], undefined)).toEqual(['admin'])
  expect(rolesInForce(['viewer', 'watcher'], ['view', 'stats'])).toEqual(['viewer', 'watcher'])
})

it('names no role that grants have replaced, or that gives nothing', () => {
  expect(rolesInForce(['viewer'], [])).toEqual([])
  expect(rolesInForce(['operator'], ['view', 'stats'])).toEqual([])
  expect(rolesInForce(['none', 'watcher'], [])).toEqual([])
  expect(rolesInForce(['none'], ['view'])).toEqual([])
})
