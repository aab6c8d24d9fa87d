import { expect, it, vi } from 'vitest'
import { container } from '../../testing/examples'
import { ContainerActions, batchOf, progressOf } from './containerActions'
import { requested, progressed, rejected, type Outcomes } from './outcomes'
import { frame } from '../../testing/examples'

const web = container({ name: 'web' })
const db = container({ name: 'db', actions: { start: null, stop: 'it is one of our own', restart: null } })
const api = container({ name: 'api' })

function desk(connected = true) {
  const act = vi.fn(async () => {})
  return { act, actions: new ContainerActions({ connected: () => connected, act }) }
}

it('skips containers that do not allow the action, with the reason', () => {
  const batch = batchOf([web, db], 'stop', true)
  expect(batch.able).toEqual([web])
  expect(batch.unable).toEqual([{ container: db, why: 'it is one of our own' }])
})

it('asks before it stops several containers, and stops none when cancelled', () => {
  const { act, actions } = desk()
  actions.request([web, api], 'stop')
  expect(actions.confirmation.value?.able).toEqual([web, api])
  actions.cancel()
  expect(act).not.toHaveBeenCalled()
  actions.request([web, api, db], 'stop')
  actions.confirm()
  expect(act.mock.calls).toEqual([
    [web, 'stop'],
    [api, 'stop'],
  ])
  expect(actions.confirmation.value).toBeNull()
})

it('does not ask for one container or for a restart of several', () => {
  const { act, actions } = desk()
  actions.request([web], 'stop')
  expect(actions.batch.value).toBeNull()
  actions.request([web, api], 'restart')
  expect(act).toHaveBeenCalledTimes(3)
  expect(actions.batch.value?.able).toEqual([web, api])
})

it('reports why no container allows the action', () => {
  const { act, actions } = desk(false)
  actions.request([web], 'restart')
  expect(act).not.toHaveBeenCalled()
  expect(actions.batch.value?.unable[0]?.why).toMatch(/Not connected/)
})

it('counts the progress of several actions', () => {
  const batch = batchOf([web, api, db], 'restart', true)
  let outcomes: Outcomes = new Map()
  for (const key of ['edge-1/web', 'edge-1/api', 'edge-1/db'])
    outcomes = requested(outcomes, key, 'restart', 0)
  expect(progressOf(batch, outcomes)).toEqual({ done: 0, failed: 0, pending: 3 })
  outcomes = rejected(outcomes, 'edge-1/db', 'restart', 'no', 1)
  outcomes = progressed(outcomes, 'edge-1/web', frame('action', { action: 'restart', state: 'done' }), 2)
  expect(progressOf(batch, outcomes)).toEqual({ done: 1, failed: 1, pending: 1 })
  expect(progressOf(batch, new Map()).done).toBe(3)
})
