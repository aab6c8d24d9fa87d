import { beforeEach, describe, expect, it } from 'vitest'
import type { LogFilterSpec } from '../rows/filter'
import {
  end,
  environment,
  lines,
  look,
  open,
  post,
  queries,
  range,
  setFilter,
  settled,
  snapshot,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

/** What comes of a command under a filter, when the log has no such line. */
async function seek(target: 'hit' | 'error' | 'warn', filter: Partial<LogFilterSpec>, isWhole: boolean) {
  open()
  snapshot(lines(...range(50, 60)), { more_before: !isWhole })
  look()
  setFilter(filter)
  environment.searches.push([end(0)], [end(0)])
  post({ type: 'find-next', pane: 1, target, by: -1, from: null })
  await settled()
  look({ follow: false })
  return view().sought
}

const since = { since: time(1), until: null }
const FILTERS: ['hit' | 'error' | 'warn', Partial<LogFilterSpec>, filtered: boolean][] = [
  ['hit', { text: 'needle' }, false],
  ['hit', { text: 'needle', only: true }, false],
  ['hit', { text: 'needle', levels: ['info'] }, true],
  ['hit', { text: 'needle', range: since }, true],
  ['error', {}, false],
  ['error', { levels: ['error'] }, false],
  ['error', { text: 'needle' }, false],
  ['error', { text: 'needle', only: true }, true],
  ['error', { stderrOnly: true }, true],
  ['error', { muted: [0] }, true],
  ['warn', { range: since }, true],
]

describe.each([
  ['wholly loaded', true],
  ['partly loaded', false],
])('a log that is %s', (_, isWhole) => {
  it.each(['error', 'warn'] as const)(
    'of which the filter hides the level %s is not searched',
    async (target) => {
      expect(await seek(target, { levels: ['info', 'other'] }, isWhole)).toEqual({ kind: 'hidden', target })
      expect(queries()).toEqual([])
    },
  )

  it.each(FILTERS)('has no %s with the filter %j', async (target, filter, filtered) => {
    expect(await seek(target, filter, isWhole)).toEqual({ kind: 'none', target, whole: true, filtered })
  })
})
