import { expect, it } from 'vitest'
import { container, frame } from '../../testing/examples'
import {
  asked,
  connectionLost,
  dismissed,
  DONE_SHOWN_MS,
  followed,
  refused,
  settled,
  type Outcomes,
} from './outcomes'
import { startOrStop, whyNot } from './permissions'

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

it('an action is pending, then done, then forgotten', () => {
  let all = asked(NONE, 'k', 'restart', 0)
  all = followed(all, 'k', action('accepted'), 10)
  expect(all.get('k')?.state).toBe('pending')
  all = followed(all, 'k', action('done'), 20)
  expect(all.get('k')).toMatchObject({ state: 'done', by: null })
  expect(settled(all, 20 + DONE_SHOWN_MS - 1, never)).toBe(all)
  expect(settled(all, 20 + DONE_SHOWN_MS, never).size).toBe(0)
})

it('a success waits for the health check', () => {
  const done = followed(asked(NONE, 'k', 'restart', 0), 'k', action('done'), 20)
  const waiting = settled(done, 60_000, () => true)
  expect(waiting.get('k')?.state).toBe('done')
  expect(settled(waiting, 60_000 + DONE_SHOWN_MS - 1, never).size).toBe(1)
  expect(settled(waiting, 60_000 + DONE_SHOWN_MS, never).size).toBe(0)
})

it('what somebody else does is shown with who it was', () => {
  expect(followed(NONE, 'k', action('accepted'), 0).get('k')?.by).toBe('127.0.0.1')
})

it('a failure keeps the engine’s reason until it is dismissed', () => {
  let all = followed(asked(NONE, 'k', 'restart', 0), 'k', action('failed', 'port 8080 is in use'), 5)
  all = settled(all, 1_000_000, never)
  expect(all.get('k')).toMatchObject({ state: 'failed', message: 'port 8080 is in use' })
  expect(dismissed(all, 'k').size).toBe(0)
})

it('a refused request is a failure with its reason', () => {
  expect(refused(NONE, 'k', 'stop', 'it is protected', 0).get('k')).toMatchObject({
    state: 'failed',
    message: 'it is protected',
  })
})

it('what was pending when the connection broke is not called done nor failed', () => {
  const all = connectionLost(asked(followed(NONE, 'other', action('done'), 0), 'k', 'stop', 0), 9)
  expect(all.get('k')?.state).toBe('lost')
  expect(all.get('other')?.state).toBe('done')
})

it('actions are refused with the relay’s reason, and while there is no connection', () => {
  expect(whyNot(container(), 'start', true)).toBe('it is running already')
  expect(whyNot(container(), 'stop', true)).toBeNull()
  expect(whyNot(container(), 'stop', false)).toMatch(/Not connected/)
  expect(whyNot(container({ actions: undefined }), 'start', true)).toBeNull()
})

it('start is offered for what does not run', () => {
  expect(startOrStop(container())).toBe('stop')
  expect(startOrStop(container({ status: 'exited' }))).toBe('start')
  expect(startOrStop(container({ status: 'unknown', last_status: 'running' }))).toBe('stop')
})
