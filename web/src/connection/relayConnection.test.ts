import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../protocol/types'
import { FakeEnvironment } from '../testing/environment'
import { RelayConnection } from './relayConnection'
import type { ConnectionState } from './connectionState'

let environment: FakeEnvironment
let state: ConnectionState
let frames: Frame[]
let openings: number
let link: RelayConnection

beforeEach(() => {
  environment = new FakeEnvironment()
  frames = []
  openings = 0
  link = new RelayConnection(environment, {
    changed: (next) => (state = next),
    opened: () => openings++,
    frame: (frame) => frames.push(frame),
  })
  link.start()
})

const beat = { type: 'heartbeat', timestamp: '2025-11-25T22:53:20.000Z', build: 'x' }

it('sends hello when the socket opens, and a ping soon after', () => {
  expect(state.phase).toBe('connecting')
  environment.socket.open()
  expect(state.phase).toBe('live')
  expect(environment.socket.sent[0]).toEqual({ type: 'hello', features: ['deltas'] })
  environment.pass(1000)
  expect(environment.socket.sent[1]?.type).toBe('ping')
  expect(openings).toBe(1)
})

it('measures the round trip', () => {
  environment.socket.open()
  environment.pass(1000)
  environment.time += 18
  environment.socket.receive({ type: 'pong', id: environment.socket.sent[1]!.id, timestamp: null })
  expect(state.latencyMs).toBe(18)
})

it('ignores a malformed frame and handles the next one', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  environment.socket.open()
  environment.socket.receive('{"type":')
  environment.socket.receive(beat)
  expect(frames.map((frame) => frame.type)).toEqual(['heartbeat'])
})

describe('when the relay does not answer', () => {
  it('waits by the backoff table and counts the attempts', () => {
    const delays: number[] = []
    for (let i = 0; i < 7; i++) {
      environment.socket.fail()
      expect(state.phase).toBe('waiting')
      expect(state.attempt).toBe(i + 1)
      delays.push(state.retryAt! - environment.time)
      environment.pass(delays[i]!)
      expect(environment.sockets).toHaveLength(i + 2)
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000])
  })

  it('dates an outage from its beginning, not from its last attempt', () => {
    const began = environment.time
    for (let i = 0; i < 3; i++) {
      environment.socket.fail()
      environment.pass(40_000)
    }
    expect(state.since).toBe(began)
  })

  it('retries at once on request, without another attempt later', () => {
    environment.socket.fail()
    link.retryNow()
    expect(environment.sockets).toHaveLength(2)
    environment.pass(5000)
    expect(environment.sockets).toHaveLength(2)
  })
})

describe('when a connection breaks', () => {
  it('retries at once after a stable connection, then from the start of the table', () => {
    environment.socket.fail()
    environment.pass(1000)
    environment.socket.open()
    environment.pass(10_000)
    environment.socket.fail()
    expect(state.retryAt).toBe(environment.time)
    environment.pass(0)
    environment.socket.fail()
    expect(state.retryAt! - environment.time).toBe(1000)
  })

  it('continues the table after a connection that held less than 10 s', () => {
    environment.socket.fail()
    environment.pass(1000)
    environment.socket.open()
    environment.pass(9_999)
    environment.socket.fail()
    expect(state.retryAt! - environment.time).toBe(2000)
  })

  it('ignores events of the old socket', () => {
    environment.socket.open()
    const old = environment.socket
    old.fail()
    environment.pass(1000)
    environment.socket.open()
    old.receive(beat)
    old.fail()
    expect(state.phase).toBe('live')
    expect(frames).toEqual([])
  })
})

describe('silence', () => {
  beforeEach(() => environment.socket.open())

  it('of 15 s makes the connection stale until the next frame', () => {
    environment.pass(14_000)
    expect(state.phase).toBe('live')
    environment.pass(1_000)
    expect(state.phase).toBe('stale')
    environment.socket.receive(beat)
    expect(state.phase).toBe('live')
  })

  it('of 25 s ends the connection, dated from the last frame', () => {
    const lastFrameAt = environment.time
    environment.pass(25_000)
    expect(environment.sockets[0]!.closed).toBe(true)
    expect(state.phase).not.toBe('live')
    expect(state.since).toBe(lastFrameAt)
  })

  it('does not count while heartbeats arrive', () => {
    for (let i = 0; i < 6; i++) {
      environment.pass(10_000)
      environment.socket.receive(beat)
      expect(state.phase).toBe('live')
    }
  })
})

describe('a refusal', () => {
  it('of the handshake shows its reason and stops the retries', async () => {
    environment.found = { kind: 'refused', reason: 'sign in first' }
    environment.socket.fail()
    await vi.waitFor(() => expect(state.phase).toBe('refused'))
    expect(state.obstacle).toEqual({ kind: 'refused', reason: 'sign in first' })
    environment.pass(600_000)
    link.nudge()
    expect(environment.sockets).toHaveLength(1)
    link.retryNow()
    expect(environment.sockets).toHaveLength(2)
  })

  it('by close code is final too, unlike a full relay', () => {
    environment.socket.open()
    environment.socket.fail(1013, 'too many connections are open')
    expect(state.phase).toBe('waiting')
    environment.pass(2000)
    environment.socket.open()
    environment.socket.fail(4004, 'not allowed')
    expect(state).toMatchObject({ phase: 'refused', obstacle: { kind: 'rights' }, retryAt: null })
  })
})

describe('a session that ends', () => {
  beforeEach(() => {
    environment.socket.open()
    environment.pass(2000)
  })

  it('is asked for, and stops the attempts', async () => {
    environment.found = { kind: 'signin' }
    environment.socket.fail(4005, 'signed out')
    await vi.waitFor(() => expect(state.phase).toBe('refused'))
    expect(state).toMatchObject({ obstacle: { kind: 'signin' }, retryAt: null })
    environment.pass(60_000)
    expect(environment.sockets).toHaveLength(1)
  })

  it('is for the page to ask about before the next attempt', () => {
    environment.socket.receive(beat)
    environment.pass(9000)
    environment.socket.receive(beat)
    environment.socket.fail(4005, 'signed out')
    environment.pass(60_000)
    expect(state).toMatchObject({ phase: 'refused', obstacle: { kind: 'signin' }, retryAt: null })
    expect(environment.sockets).toHaveLength(1)
    link.retryNow()
    expect(environment.sockets).toHaveLength(2)
  })

  it('is no outage until the reader has signed in again', async () => {
    environment.found = { kind: 'signin' }
    environment.socket.fail(4005, 'signed out')
    await vi.waitFor(() => expect(state.phase).toBe('refused'))
    environment.pass(60_000)
    link.retryNow()
    expect(state).toMatchObject({ phase: 'connecting', obstacle: null, since: environment.time })
    environment.socket.fail()
    environment.pass(3000)
    expect(state.since).toBe(environment.time - 3000)
  })

  it('is no reason to stop if the relay still knows it', async () => {
    environment.found = { kind: 'upgrade' }
    environment.socket.fail(4005, 'signed out')
    await Promise.resolve()
    environment.pass(2000)
    environment.socket.open()
    expect(state).toMatchObject({ phase: 'live', obstacle: null })
  })

  it('is found by a handshake that fails', async () => {
    environment.socket.fail(1006)
    environment.found = { kind: 'signin' }
    environment.pass(2000)
    environment.socket.fail(1006)
    await vi.waitFor(() => expect(state.obstacle).toEqual({ kind: 'signin' }))
  })
})

describe('a relay that answers to HTTP only', () => {
  beforeEach(() => (environment.found = { kind: 'upgrade' }))

  it('is recognised by the second failure, and asked again', async () => {
    environment.socket.fail()
    await Promise.resolve()
    expect(state).toMatchObject({ phase: 'waiting', obstacle: null })
    environment.pass(1000)
    environment.socket.fail()
    await vi.waitFor(() => expect(state.obstacle).toEqual({ kind: 'upgrade' }))
    environment.pass(2000)
    expect(state).toMatchObject({ phase: 'connecting', obstacle: { kind: 'upgrade' } })
    environment.socket.open()
    expect(state.obstacle).toBeNull()
  })

  it('is an outage when it stops answering', async () => {
    for (const ms of [1000, 2000]) {
      environment.socket.fail()
      await vi.waitFor(() => expect(environment.asked).toBeGreaterThan(0))
      environment.pass(ms)
    }
    environment.found = null
    environment.socket.fail()
    await vi.waitFor(() => expect(state.obstacle).toBeNull())
    expect(state.phase).toBe('waiting')
  })
})

it('reports a missing network, and reconnects when it is back', () => {
  environment.socket.fail()
  link.networkChanged(false)
  expect(state.phase).toBe('offline')
  link.networkChanged(true)
  expect(environment.sockets).toHaveLength(2)
})
