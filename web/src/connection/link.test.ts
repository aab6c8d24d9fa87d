import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../protocol/types'
import { FakeWorld } from '../testing/world'
import { RelayLink } from './link'
import type { LinkState } from './state'

let world: FakeWorld
let state: LinkState
let frames: Frame[]
let openings: number
let link: RelayLink

beforeEach(() => {
  world = new FakeWorld()
  frames = []
  openings = 0
  link = new RelayLink(world, {
    changed: (next) => (state = next),
    opened: () => openings++,
    frame: (frame) => frames.push(frame),
  })
  link.start()
})

const beat = { type: 'heartbeat', timestamp: '2025-11-25T22:53:20.000Z', build: 'x' }

it('says hello as soon as it is open, and pings soon after', () => {
  expect(state.phase).toBe('connecting')
  world.socket.open()
  expect(state.phase).toBe('live')
  expect(world.socket.sent[0]).toEqual({ type: 'hello', features: ['deltas'] })
  world.pass(1000)
  expect(world.socket.sent[1]?.type).toBe('ping')
  expect(openings).toBe(1)
})

it('measures the round trip', () => {
  world.socket.open()
  world.pass(1000)
  world.time += 18
  world.socket.receive({ type: 'pong', id: world.socket.sent[1]!.id, timestamp: null })
  expect(state.latencyMs).toBe(18)
})

it('one bad frame costs only itself', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  world.socket.open()
  world.socket.receive('{"type":')
  world.socket.receive(beat)
  expect(frames.map((frame) => frame.type)).toEqual(['heartbeat'])
})

describe('when the relay does not answer', () => {
  it('waits by the table, and counts the attempts', () => {
    const delays: number[] = []
    for (let i = 0; i < 7; i++) {
      world.socket.fail()
      expect(state.phase).toBe('waiting')
      expect(state.attempt).toBe(i + 1)
      delays.push(state.retryAt! - world.time)
      world.pass(delays[i]!)
      expect(world.sockets).toHaveLength(i + 2)
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })

  it('the outage is as old as its beginning, not its last attempt', () => {
    const began = world.time
    for (let i = 0; i < 3; i++) {
      world.socket.fail()
      world.pass(40_000)
    }
    expect(state.since).toBe(began)
  })

  it('retries at once when asked, without a second attempt later', () => {
    world.socket.fail()
    link.retryNow()
    expect(world.sockets).toHaveLength(2)
    world.pass(5000)
    expect(world.sockets).toHaveLength(2)
  })
})

describe('when a connection breaks', () => {
  it('a steady one is tried again at once, then by the table from its beginning', () => {
    world.socket.fail()
    world.pass(1000)
    world.socket.open()
    world.pass(10_000)
    world.socket.fail()
    expect(state.retryAt).toBe(world.time)
    world.pass(0)
    world.socket.fail()
    expect(state.retryAt! - world.time).toBe(1000)
  })

  it('one that held less than 10 s goes on down the table', () => {
    world.socket.fail()
    world.pass(1000)
    world.socket.open()
    world.pass(9_999)
    world.socket.fail()
    expect(state.retryAt! - world.time).toBe(2000)
  })

  it('events of the old socket are ignored', () => {
    world.socket.open()
    const old = world.socket
    old.fail()
    world.pass(1000)
    world.socket.open()
    old.receive(beat)
    old.fail()
    expect(state.phase).toBe('live')
    expect(frames).toEqual([])
  })
})

describe('silence', () => {
  beforeEach(() => world.socket.open())

  it('of 15 s is stale, and one frame mends it', () => {
    world.pass(14_000)
    expect(state.phase).toBe('live')
    world.pass(1_000)
    expect(state.phase).toBe('stale')
    world.socket.receive(beat)
    expect(state.phase).toBe('live')
  })

  it('of 25 s is the end of the connection, which was lost when it fell silent', () => {
    const lastHeard = world.time
    world.pass(25_000)
    expect(world.sockets[0]!.closed).toBe(true)
    expect(state.phase).not.toBe('live')
    expect(state.since).toBe(lastHeard)
  })

  it('does not come while heartbeats do', () => {
    for (let i = 0; i < 6; i++) {
      world.pass(10_000)
      world.socket.receive(beat)
      expect(state.phase).toBe('live')
    }
  })
})

describe('a refusal', () => {
  it('of the handshake is asked for its reason, and not tried again', async () => {
    world.says = 'sign in first'
    world.socket.fail()
    await vi.waitFor(() => expect(state.phase).toBe('refused'))
    expect(state.reason).toBe('sign in first')
    world.pass(600_000)
    link.nudge()
    expect(world.sockets).toHaveLength(1)
    link.retryNow()
    expect(world.sockets).toHaveLength(2)
  })

  it('by close code is final too; a full relay is not one', () => {
    world.socket.open()
    world.socket.fail(1013, 'too many connections are open')
    expect(state.phase).toBe('waiting')
    world.pass(2000)
    world.socket.open()
    world.socket.fail(4004, 'not allowed')
    expect(state).toMatchObject({ phase: 'refused', reason: 'not allowed', retryAt: null })
  })
})

it('without a network it says so, and tries as soon as there is one', () => {
  world.socket.fail()
  link.networkChanged(false)
  expect(state.phase).toBe('offline')
  link.networkChanged(true)
  expect(world.sockets).toHaveLength(2)
})
