import { expect, it } from 'vitest'
import type { Change } from '../../protocol/types'
import { NO_HISTORY, withChanges } from './changeHistory'
import { describeChange, lastChange, severityOf } from './describeChange'

const NOON = Date.parse('2025-11-25T12:00:00Z')
const change = (reason: string, secondsAgo: number, fields: Partial<Change> = {}): Change => ({
  name: 'web',
  controller: 'edge-1',
  id: 'a',
  previousStatus: 'running',
  previousHealth: null,
  currentStatus: reason === 'died' || reason === 'stopped' ? 'exited' : 'running',
  currentHealth: null,
  reason,
  exitCode: null,
  at: new Date(NOON - secondsAgo * 1000).toISOString(),
  ...fields,
})
const history = (...changes: Change[]) => withChanges(NO_HISTORY, changes).get('edge-1/web')!

it('keeps each change once, newest first', () => {
  const live = withChanges(NO_HISTORY, [change('started', 5)])
  const both = withChanges(live, [change('started', 5), change('died', 9), change('created', 99)])
  expect(both.get('edge-1/web')!.map(({ reason }) => reason)).toEqual(['started', 'died', 'created'])
  expect(withChanges(both, [])).toBe(both)
})

it('limits the changes per container and in total', () => {
  const many = Array.from({ length: 300 }, (_, i) => change('started', i))
  expect(history(...many)).toHaveLength(200)
  let all = NO_HISTORY
  for (let i = 0; i < 40; i++)
    all = withChanges(
      all,
      many.map((one) => ({ ...one, name: `c${i}` })),
    )
  expect(all.size).toBe(25)
  expect(all.has('edge-1/c39')).toBe(true)
})

it('shows the worst recent change and what followed', () => {
  const changes = history(
    change('restarted', 118),
    change('died', 120, { exitCode: 137 }),
    change('created', 999),
  )
  expect(lastChange(changes, NOON)).toEqual({
    first: 'died (137)',
    then: 'restarted',
    at: NOON - 120_000,
    weight: 'err',
  })
})

it('shows a single change alone, and no old changes', () => {
  expect(lastChange(history(change('stopped', 60, { exitCode: 0 })), NOON)).toMatchObject({
    first: 'stopped (0)',
    then: null,
    weight: 'neutral',
  })
  expect(lastChange(history(change('died', 100_000)), NOON)).toBeNull()
  expect(lastChange([], NOON)).toBeNull()
})

it.each([
  [change('health', 0, { currentHealth: 'unhealthy' }), 'became unhealthy'],
  [change('health', 0), 'health check ended'],
  [change('oom', 0, { exitCode: 137 }), 'ran out of memory (137)'],
  [change('', 0, { reason: null, currentStatus: 'dead' }), 'became dead'],
  [change('paused', 0), 'paused'],
])('%o reads %s', (one, words) => {
  expect(describeChange(one)).toBe(words)
})

it.each([
  [change('health', 0, { currentHealth: 'unhealthy' }), 'err'],
  [change('health', 0, { currentHealth: 'starting' }), 'neutral'],
  [change('restarted', 0, { currentHealth: 'unhealthy' }), 'warn'],
  [change('stopped', 0, { currentHealth: 'unhealthy' }), 'neutral'],
  [change('died', 0, { exitCode: 1 }), 'err'],
  [change('started', 0), 'ok'],
])('%o weighs %s', (one, weight) => {
  expect(severityOf(one)).toBe(weight)
})
