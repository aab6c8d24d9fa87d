import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { applyFrame, NOTHING_KNOWN } from './fleet'
import { listing } from './listing'
import { shownState } from './state'

it.each([
  [{ health: 'healthy' }, 'Running', 'healthy', 'ok', 'running'],
  [{}, 'Running', '', 'ok', 'running'],
  [{ health: 'starting' }, 'Starting', 'running', 'warn', 'running'],
  [{ health: 'unhealthy' }, 'Unhealthy', 'running', 'err', 'unhealthy'],
  [{ status: 'paused' }, 'Paused', '', 'paused', 'paused'],
  [{ status: 'restarting', exit_code: 1 }, 'Restarting', 'code 1', 'warn', 'restarting'],
  [{ status: 'exited', exit_code: 0 }, 'Exited', 'code 0', 'neutral', 'stopped'],
  [{ status: 'exited', exit_code: 1 }, 'Exited', 'code 1', 'err', 'stopped'],
  [{ status: 'exited', exit_code: 137, oom_killed: true }, 'Exited', 'out of memory', 'err', 'stopped'],
  [{ status: 'dead' }, 'Dead', '', 'err', 'unhealthy'],
  [{ status: 'created' }, 'Created', 'never started', 'neutral', 'stopped'],
  [{ status: 'not-created' }, 'Not created', '', 'neutral', 'stopped'],
  [{ status: 'unknown', last_status: 'running' }, 'Unknown', 'was running', 'neutral', 'unknown'],
  [{ status: 'hibernating' }, 'Hibernating', '', 'neutral', 'unknown'],
])('%j is shown as %s %s', (fields, word, note, tone, kind) => {
  expect(shownState(container(fields))).toMatchObject({ word, note, tone, kind })
})

const fleet = applyFrame(NOTHING_KNOWN, {
  type: 'container_update',
  timestamp: '',
  containers: [
    container({ name: 'web-10', id: '1', image: 'nginx:1' }),
    container({ name: 'web-9', id: '2', health: 'unhealthy' }),
    container({ name: 'db', id: '3', controller: 'edge-2', status: 'exited', running: false }),
  ],
  changes: [],
  controllers: null,
  engines: null,
  revision: null,
})

it('counts come from the shown state: an unhealthy container is not among the running ones', () => {
  const { counts, groups } = listing(fleet, { text: '', kind: null })
  expect(counts).toMatchObject({ running: 1, unhealthy: 1, stopped: 1 })
  expect(groups[0]).toMatchObject({ controller: 'edge-1', running: 1, total: 2 })
})

it('rows stand by name, numbers as numbers, grouped by controller', () => {
  const { groups } = listing(fleet, { text: '', kind: null })
  expect(groups.map((group) => group.rows.map((row) => row.container.name))).toEqual([
    ['web-9', 'web-10'],
    ['db'],
  ])
})

it('the filter looks at names and images, and the counts stay', () => {
  const found = listing(fleet, { text: 'NGINX', kind: null })
  expect(found.groups.flatMap((group) => group.rows.map((row) => row.container.name))).toEqual(['web-10'])
  expect(found).toMatchObject({ total: 3, matching: 1, counts: { stopped: 1 } })
  expect(listing(fleet, { text: '', kind: 'stopped' }).matching).toBe(1)
})
