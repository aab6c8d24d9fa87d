import { expect, it } from 'vitest'
import { container, frame } from '../../testing/examples'
import { applyFrame, EMPTY_FLEET } from './fleet'
import { grantedOn } from './granted'

const on = (...containers: ReturnType<typeof container>[]) =>
  grantedOn(applyFrame(EMPTY_FLEET, frame('container_update', { containers, rights: [] })))
const shop = { project: 'shop', rights: ['view', 'stats'] }

it('has what holds for all containers, for some, and their projects', () => {
  const web = container(shop)
  const api = container({ ...shop, name: 'api', rights: ['view', 'stats', 'logs'] })
  expect(on(web, api)).toEqual({
    containers: 2,
    common: ['view', 'stats'],
    more: ['logs'],
    projects: ['shop'],
  })
})

it('has all rights of a container where the relay names none', () => {
  expect(on(container({ project: 'blog' })).common).toEqual(['view', 'stats', 'inspect', 'logs', 'control'])
})

it('has no projects when a container belongs to none', () => {
  expect(on(container(shop), container({ name: 'alone', rights: ['view'] })).projects).toEqual([])
  expect(on()).toEqual({ containers: 0, common: [], more: [], projects: [] })
})
