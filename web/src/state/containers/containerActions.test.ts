import { describe, expect, it, vi } from 'vitest'
import { container } from '../../testing/examples'
import type { Container } from '../../protocol/types'
import { keyOf } from './containerList'
import { ContainerActions, batchOf, progressOf } from './containerActions'
import { UNDO_MS } from './delayedStops'
import { requested, progressed, rejected, type Outcomes } from './outcomes'
import { FakeEnvironment } from '../../testing/environment'
import { frame } from '../../testing/examples'

const web = container({ name: 'web' })
const db = container({ name: 'db', actions: { start: null, stop: 'it is one of our own', restart: null } })
const api = container({ name: 'api' })

const listOf = (...containers: Container[]) => new Map(containers.map((one) => [keyOf(one), one]))

function desk(connected = true) {
  const link = { connected, list: listOf(web, db, api) }
  const act = vi.fn(async () => {})
  const environment = new FakeEnvironment()
  const actions = new ContainerActions({
    connected: () => link.connected,
    listed: (key) => link.list.get(key),
    act,
    now: () => environment.now(),
    after: (ms, task) => environment.after(ms, task),
  })
  return { act, actions, environment, link }
}

describe('the stop of one container', () => {
  it('can be taken back for a few seconds', () => {
    const { act, actions, environment } = desk()
    actions.caution = () => 'undo'
    actions.request([web], 'stop')
    environment.pass(UNDO_MS - 1)
    expect(act).not.toHaveBeenCalled()
    expect([...actions.delayed.waiting.value.keys()]).toEqual(['edge-1/web'])
    actions.delayed.undo('edge-1/web')
    environment.pass(UNDO_MS)
    expect(act).not.toHaveBeenCalled()
    expect(actions.delayed.waiting.value.size).toBe(0)
  })

  it('is requested after that time, or when the page closes', () => {
    const { act, actions, environment } = desk()
    actions.caution = () => 'undo'
    actions.request([web], 'stop')
    environment.pass(UNDO_MS)
    expect(act.mock.calls).toEqual([[web, 'stop']])
    actions.request([api], 'stop')
    actions.delayed.runAll()
    environment.pass(UNDO_MS)
    expect(act.mock.calls).toEqual([
      [web, 'stop'],
      [api, 'stop'],
    ])
  })

  it.each(['stop', 'restart'] as const)('gives way to another action meanwhile: %s', (action) => {
    const { act, actions, environment } = desk()
    actions.caution = () => 'undo'
    actions.request([web], 'stop')
    actions.request([web], action, { confirmed: true })
    environment.pass(UNDO_MS)
    expect(act.mock.calls).toEqual([[web, action]])
    expect(actions.delayed.waiting.value.size).toBe(0)
  })

  it.each<[string, (test: ReturnType<typeof desk>) => void]>([
    ['was removed', ({ link }) => (link.list = listOf(db))],
    ['was created again', ({ link }) => (link.list = listOf({ ...web, id: 'another' }))],
    ['cannot stop any more', ({ link }) => (link.list = listOf({ ...web, actions: db.actions }))],
    ['has no connection', ({ link }) => (link.connected = false)],
    ['slept for an hour', ({ environment }) => (environment.time += 3_600_000)],
  ])('is not requested after the time when the container or the page %s', (_, happens) => {
    const test = desk()
    test.actions.caution = () => 'undo'
    test.actions.request([web], 'stop')
    happens(test)
    test.environment.pass(UNDO_MS)
    expect(test.act).not.toHaveBeenCalled()
    expect(test.actions.delayed.waiting.value.size).toBe(0)
  })

  it('is confirmed, if the reader wants that', () => {
    const { act, actions } = desk()
    actions.caution = () => 'ask'
    actions.request([web], 'stop')
    expect(act).not.toHaveBeenCalled()
    expect(actions.confirmation.value?.able).toEqual([web])
    actions.confirm()
    expect(act).toHaveBeenCalledWith(web, 'stop')
  })

  it.each(['undo', 'ask', 'none'] as const)(
    'by a key that is pressed twice happens at once (%s)',
    (caution) => {
      const { act, actions } = desk()
      actions.caution = () => caution
      actions.request([web], 'stop', { confirmed: true })
      expect(act).toHaveBeenCalledTimes(1)
    },
  )

  it.each(['start', 'restart', 'kill'] as const)('does not delay another action: %s', (action) => {
    const { act, actions } = desk()
    actions.caution = () => 'undo'
    actions.request([container({ actions: undefined })], action)
    expect(act).toHaveBeenCalledTimes(1)
  })
})

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
