import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { NO_FILTER } from './listFilter'
import { keyOf } from '../../state/containers/containerList'
import { EMPTY_FLEET } from '../../state/containers/fleet'
import { itemsOf } from './listItems'
import type { Grouping } from './grouping'
import { buildListing } from './listing'
import { comparator, parseOrder } from './sorting'

const ALL = [
  container({ name: 'web', project: 'shop' }),
  container({ name: 'job' }),
  container({ name: 'api', controller: 'edge-2', project: 'shop' }),
]
const FLEET = { ...EMPTY_FLEET, known: true, containers: new Map(ALL.map((one) => [keyOf(one), one])) }
const keys = (grouping: Grouping, failed = '') => {
  const list = buildListing(
    FLEET,
    NO_FILTER,
    grouping,
    comparator(parseOrder(null), () => null),
  )
  return itemsOf(list, grouping, (key) => key === failed).map((item) => item.key)
}

it('puts headers above hosts and projects, and one above containers without a project', () => {
  expect(keys('project')).toEqual([
    'host edge-1',
    'project edge-1/shop',
    'edge-1/web',
    'project edge-1/',
    'edge-1/job',
    'host edge-2',
    'project edge-2/shop',
    'edge-2/api',
  ])
})

it('puts only the headers of the chosen grouping', () => {
  expect(keys('host')).toEqual(['host edge-1', 'edge-1/job', 'edge-1/web', 'host edge-2', 'edge-2/api'])
  expect(keys('none')).toEqual(['edge-2/api', 'edge-1/job', 'edge-1/web'])
})

it('puts a failure below its container', () => {
  expect(keys('none', 'edge-1/job')).toEqual(['edge-2/api', 'edge-1/job', 'trouble edge-1/job', 'edge-1/web'])
})
