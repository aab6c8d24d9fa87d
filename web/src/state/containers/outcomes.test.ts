import { describe, expect, it } from 'vitest'
import { container, frame } from '../../testing/examples'
import {
  requested,
  connectionLost,
  dismissed,
  listed,
  DONE_SHOWN_MS,
  progressed,
  rejected,
  withoutExpired,
  type Outcomes,
} from './outcomes'
import { listOf } from './containerList'
import { startOrStop, disabledReason, refusedByController } from './permissions'
import { applyFrame, EMPTY_FLEET } from './fleet'

const never = () => false
const NONE: Outcomes = new Map()
const action = (state: 'accepted' | 'done' | 'failed', message: string | null = null) =>
  frame('action', {
    id: '1',
    controller: 'edge-1',
    container: 'web',
    action: 'restart',
    state,
    message,
    by: '127.0.0.1',
  })

it('shows an action as pending, then as done, then no more', () => {
  let all = requested(NONE, 'k', 'restart', 0)
  all = progressed(all, 'k', action('accepted'), 10)
  expect(all.get('k')?.state).toBe('pending')
  all = progressed(all, 'k', action('done'), 20)
  expect(all.get('k')).toMatchObject({ state: 'done', by: null })
  expect(withoutExpired(all, 20 + DONE_SHOWN_MS - 1, never)).toBe(all)
  expect(withoutExpired(all, 20 + DONE_SHOWN_MS, never).size).toBe(0)
})

it('keeps a success until the health check has a result', () => {
  const done = progressed(requested(NONE, 'k', 'restart', 0), 'k', action('done'), 20)
  const waiting = withoutExpired(done, 60_000, () => true)
  expect(waiting.get('k')?.state).toBe('done')
  expect(withoutExpired(waiting, 60_000 + DONE_SHOWN_MS - 1, never).size).toBe(1)
  expect(withoutExpired(waiting, 60_000 + DONE_SHOWN_MS, never).size).toBe(0)
})

it('names the user who requested an action elsewhere', () => {
  expect(progressed(NONE, 'k', action('accepted'), 0).get('k')?.by).toBe('127.0.0.1')
})

it('keeps a failure with the engine’s reason until it is dismissed', () => {
  let all = progressed(requested(NONE, 'k', 'restart', 0), 'k', action('failed', 'port 8080 is in use'), 5)
  all = withoutExpired(all, 1_000_000, never)
  expect(all.get('k')).toMatchObject({ state: 'failed', message: 'port 8080 is in use' })
  expect(dismissed(all, 'k').size).toBe(0)
})

it('shows a rejected request as a failure with its reason', () => {
  expect(rejected(NONE, 'k', 'stop', 'it is protected', 0).get('k')).toMatchObject({
    state: 'failed',
    message: 'it is protected',
  })
})

it('marks pending actions as lost when the connection breaks', () => {
  const all = connectionLost(requested(progressed(NONE, 'other', action('done'), 0), 'k', 'stop', 0), 9)
  expect(all.get('k')?.state).toBe('lost')
  expect(all.get('other')?.state).toBe('done')
})

it('disables actions with the relay’s reason, and without a connection', () => {
  expect(disabledReason(container(), 'start', true)).toBe('it is running already')
  expect(disabledReason(container(), 'stop', true)).toBeNull()
  expect(disabledReason(container(), 'stop', false)).toMatch(/Not connected/)
  expect(disabledReason(container({ actions: undefined }), 'start', true)).toBeNull()
})

it('offers start for containers that do not run', () => {
  expect(startOrStop(container())).toBe('stop')
  expect(startOrStop(container({ status: 'exited' }))).toBe('start')
  expect(startOrStop(container({ status: 'unknown', last_status: 'running' }))).toBe('stop')
})

describe('the list', () => {
  const stopping = listOf([container({ action: { action: 'stop' } })])
  const key = 'edge-1/web'
  const pending = requested(NONE, key, 'stop', 0)

  it('does not end an action that it has not shown yet', () => {
    expect(listed(pending, listOf([container()]), 5)).toBe(pending)
  })

  it('ends an action that it does not show any more, as after a restart of its controller', () => {
    const shown = listed(pending, stopping, 5)
    expect(listed(shown, stopping, 6)).toBe(shown)
    expect(listed(shown, listOf([container()]), 9).get(key)?.state).toBe('lost')
  })

  it('does not end an action that waits for the one that it shows', () => {
    const waiting = progressed(listed(pending, stopping, 5), key, action('accepted'), 6)
    expect(listed(waiting, stopping, 7).get(key)?.state).toBe('pending')
    expect(listed(waiting, listOf([container()]), 8).get(key)?.state).toBe('pending')
  })

  it('shows that an action waits still after the connection was lost, and ends it when it does not', () => {
    const waits = listOf([container({ action: { action: 'stop', waiting: ['start', 'restart'] } })])
    const lost = connectionLost(requested(NONE, key, 'restart', 0), 5)
    const again = listed(lost, waits, 9)
    expect(again.get(key)?.state).toBe('pending')
    expect(listed(again, stopping, 10)).toBe(again)
    expect(listed(again, listOf([container()]), 11).get(key)?.state).toBe('lost')
  })

  it('ends an action whose controller is away', () => {
    expect(listed(pending, listOf([container({ status: 'unknown' })]), 9).get(key)?.state).toBe('lost')
  })

  it('shows that an action goes on after the connection was lost', () => {
    const lost = connectionLost(pending, 5)
    expect(listed(lost, stopping, 9).get(key)?.state).toBe('pending')
    expect(listed(lost, listOf([container()]), 9)).toBe(lost)
  })
})

describe('what a controller gives to no client', () => {
  const status = { controller: 'edge-1', state: 'connected', since: null, attempt: 0, retry_in_ms: null }

  it('has a reason for each permission that its setting leaves out', () => {
    const fleet = applyFrame(
      EMPTY_FLEET,
      frame('controller_status', { ...status, features: [], allow: ['view', 'logs'] }),
    )
    expect(refusedByController(fleet, 'edge-1', 'logs')).toBeNull()
    expect(refusedByController(fleet, 'edge-1', 'stats')).toContain('CONTROLLER_ALLOW')
    expect(refusedByController(fleet, 'edge-1', 'inspect')).toContain('CONTROLLER_ALLOW')
  })

  it('is nothing where the controller does not say', () => {
    const fleet = applyFrame(EMPTY_FLEET, frame('controller_status', { ...status, features: [] }))
    expect(refusedByController(fleet, 'edge-1', 'stats')).toBeNull()
    expect(refusedByController(fleet, 'edge-2', 'stats')).toBeNull()
  })
})
