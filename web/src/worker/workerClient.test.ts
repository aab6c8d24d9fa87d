import { beforeEach, expect, it } from 'vitest'
import { FakeEnvironment } from '../testing/environment'
import type { WorkerCommand, WorkerEvent } from './messages'
import { WorkerClient } from './workerClient'

let environment: FakeEnvironment
let commands: WorkerCommand[]
let emit: (event: WorkerEvent) => void
let restarts: number
let terminated: number
let client: WorkerClient
const pings = () => commands.filter((command) => command.type === 'ping')

beforeEach(() => {
  environment = new FakeEnvironment()
  commands = []
  restarts = terminated = 0
  client = new WorkerClient(
    (onEvent) => {
      emit = onEvent
      return { post: (command) => commands.push(command), terminate: () => terminated++ }
    },
    environment,
    () => {},
    () => restarts++,
  )
})

it('pings the worker while a pattern runs in it, and replaces a worker that does not answer', () => {
  client.watch(true)
  emit({ type: 'pong', id: 1 })
  environment.pass(2000)
  expect(pings()).toHaveLength(2)
  environment.pass(1000)
  expect(terminated).toBe(0)
  environment.pass(100)
  expect([terminated, restarts]).toEqual([1, 1])
  expect(commands.at(-1)).toEqual({ type: 'start' })
  environment.pass(60_000)
  expect(restarts).toBe(1)
})

it('keeps a worker that answers just before the timeout, and stops pinging without a pattern', () => {
  client.watch(true)
  environment.pass(1050)
  emit({ type: 'pong', id: 1 })
  client.watch(false)
  environment.pass(60_000)
  expect([terminated, pings().length]).toEqual([0, 1])
})
