import { describe, expect, it } from 'vitest'
import { INITIAL_STATE, type ConnectionState } from '../../connection/connectionState'
import { container, frame } from '../../testing/examples'
import { clockTime } from '../../ui/time'
import { applyFrame, EMPTY_FLEET } from '../../state/containers/fleet'
import { banners } from './banners'

const T = Date.parse('2025-11-25T12:00:00Z')
const iso = (at: number) => new Date(at).toISOString()
const live: ConnectionState = { ...INITIAL_STATE, phase: 'live', since: T, lastFrameAt: T }
const known = applyFrame(EMPTY_FLEET, {
  type: 'container_update',
  timestamp: '',
  containers: [container()],
  changes: [],
  controllers: [
    { controller: 'edge-1', state: 'connected', since: null, attempt: 0, retry_in_ms: null, features: null },
  ],
  engines: null,
  revision: 1,
})
const away = frame('controller_status', {
  controller: 'edge-1',
  state: 'waiting',
  since: iso(T),
  attempt: 3,
  retry_in_ms: 1,
  features: null,
})
const texts = (...of: Parameters<typeof banners>) =>
  banners(...of).map(({ headline, detail }) => `${headline} ${detail}`)
const clock = (ms: number, skew = 0) => ({ now: T + ms, skew })

it('shows no banner while everything is connected', () => {
  expect(banners(live, known, clock(60_000))).toEqual([])
})

describe('while the relay is unreachable', () => {
  const waiting: ConnectionState = { ...live, phase: 'waiting', since: T, attempt: 2, retryAt: T + 6000 }

  it('shows a banner after 1.5 s', () => {
    expect(banners(waiting, known, clock(1499))).toEqual([])
    expect(banners(waiting, known, clock(1500))).toHaveLength(1)
  })

  it('shows the next attempt and the age of the data', () => {
    expect(texts(waiting, known, clock(2100))).toEqual([
      `Connection lost. Retrying in 4 s (attempt 3). Showing data from ${clockTime(T)}, 2 s ago.`,
    ])
  })

  it('says that the relay does not answer when it never has', () => {
    const never = { ...waiting, lastFrameAt: null }
    expect(texts(never, EMPTY_FLEET, clock(5000))).toEqual([
      'The relay does not answer. Retrying in 1 s (attempt 3). No answer for 5 s.',
    ])
  })

  it('hides the banners of controllers, whose state is unknown', () => {
    expect(banners(waiting, applyFrame(known, away), clock(60_000)).map((one) => one.id)).toEqual(['relay'])
  })

  it('distinguishes a silent relay, a missing network and a refusal', () => {
    expect(texts({ ...live, phase: 'stale' }, known, clock(16_000))[0]).toMatch(
      /^The relay is not responding\..*16 s ago/,
    )
    expect(texts({ ...waiting, phase: 'offline' }, known, clock(9000))[0]).toMatch(/^You are offline\./)
    const refused = banners(
      { ...live, phase: 'refused', obstacle: { kind: 'refused', reason: 'sign in first' } },
      known,
      clock(0),
    )
    expect(refused[0]).toMatchObject({
      tone: 'err',
      headline: 'The relay refuses this page.',
      detail: 'sign in first.',
      proxies: [],
    })
  })

  it('shows what a proxy must pass when the relay takes the page for a foreign one', () => {
    const reason = 'Origin https://dash.example is not of host 127.0.0.1:3000.'
    const [shown] = banners(
      { ...live, phase: 'refused', obstacle: { kind: 'origin', reason } },
      known,
      clock(0),
    )
    expect(shown?.detail).toBe(reason)
    expect(shown?.proxies.map((one) => one.proxy)).toEqual(['nginx', 'Caddy', 'Traefik'])
    expect(shown?.proxies[0]?.lines).toContain('proxy_set_header Host $http_host;')
  })

  it('does not call the relay silent while only WebSockets do not arrive', () => {
    for (const phase of ['waiting', 'connecting'] as const) {
      const [shown] = banners(
        { ...waiting, phase, lastFrameAt: null, obstacle: { kind: 'upgrade' } },
        EMPTY_FLEET,
        clock(5000),
      )
      expect(shown?.headline).toBe('No live connection.')
      expect(shown?.detail).toMatch(/^The relay answers to HTTP, but WebSockets do not reach it/)
      expect(shown?.proxies[0]?.lines).toContain('proxy_set_header Upgrade $http_upgrade;')
      expect(shown?.retry).toBe(true)
    }
  })
})

describe('while a controller or an engine is unreachable', () => {
  it('shows since when and for how long', () => {
    expect(texts(live, applyFrame(known, away), clock(130_000))).toEqual([
      `The controller is offline. Since ${clockTime(T)}, for 2 min 10 s. 3 attempts so far. Its containers show their last known state.`,
    ])
  })

  it('says why the last attempt failed', () => {
    const message = 'a relay answers there, and no controller'
    expect(texts(live, applyFrame(known, { ...away, message }), clock(5000))[0]).toContain(
      '3 attempts so far. Last attempt: a relay answers there, and no controller. Its containers',
    )
  })

  it('names the controller when there are several', () => {
    const two = applyFrame(known, { ...away, controller: 'edge-2' })
    expect(banners(live, two, clock(5000))[0]?.headline).toBe('Controller edge-2 is offline.')
  })

  it('shows the reason of the engine', () => {
    const silent = frame('engine_status', {
      controller: 'edge-1',
      available: false,
      since: iso(T),
      message: 'connection refused',
    })
    expect(texts(live, applyFrame(known, silent), clock(4000))[0]).toMatch(
      /^The container engine does not answer\. Since .*, for 4 s\. connection refused\. Its containers/,
    )
  })

  it('shows what an engine that answers refuses', () => {
    const message = 'The engine refuses its events (Status 403), so changes are found by regular scans only'
    const limited = frame('engine_status', { controller: 'edge-1', available: true, since: iso(T), message })
    expect(banners(live, applyFrame(known, limited), clock(0))).toMatchObject([
      { tone: 'neutral', headline: 'The container engine refuses a request.', detail: `${message}.` },
    ])
    const well = { ...limited, message: null }
    expect(banners(live, applyFrame(known, well), clock(0))).toEqual([])
  })

  it('uses the relay’s clock, not the page’s', () => {
    const ahead = applyFrame(known, { ...away, since: iso(T + 3_600_000) })
    expect(texts(live, ahead, clock(8000, 3_600_000))[0]).toContain('for 8 s')
  })
})
