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
  controllers: [{ controller: 'edge-1', state: 'connected', since: null, attempt: 0, retry_in_ms: null }],
  engines: null,
  revision: 1,
})
const away = frame('controller_status', {
  controller: 'edge-1',
  state: 'waiting',
  since: iso(T),
  attempt: 3,
  retry_in_ms: 1,
})
const texts = (...of: Parameters<typeof banners>) =>
  banners(...of).map(({ headline, detail }) => `${headline} ${detail}`)
const clock = (ms: number, skew = 0) => ({ now: T + ms, skew })

it('nothing is said while all is well', () => {
  expect(banners(live, known, clock(60_000))).toEqual([])
})

describe('the relay is away', () => {
  const waiting: ConnectionState = { ...live, phase: 'waiting', since: T, attempt: 2, retryAt: T + 6000 }

  it('only after 1.5 s', () => {
    expect(banners(waiting, known, clock(1499))).toEqual([])
    expect(banners(waiting, known, clock(1500))).toHaveLength(1)
  })

  it('with the next attempt and the age of what is shown', () => {
    expect(texts(waiting, known, clock(2100))).toEqual([
      `Connection lost. Retrying in 4 s (attempt 3). Showing data from ${clockTime(T)}, 2 s ago.`,
    ])
  })

  it('from the very beginning, with nothing to show', () => {
    const never = { ...waiting, lastFrameAt: null }
    expect(texts(never, EMPTY_FLEET, clock(5000))).toEqual([
      'The relay does not answer. Retrying in 1 s (attempt 3). No answer for 5 s.',
    ])
  })

  it('hides what was said of controllers, which nobody knows now', () => {
    expect(banners(waiting, applyFrame(known, away), clock(60_000)).map((one) => one.id)).toEqual(['relay'])
  })

  it('silence, no network and a refusal each have their own words', () => {
    expect(texts({ ...live, phase: 'stale' }, known, clock(16_000))[0]).toMatch(
      /^The relay has gone silent\..*16 s ago/,
    )
    expect(texts({ ...waiting, phase: 'offline' }, known, clock(9000))[0]).toMatch(/^You are offline\./)
    const refused = banners({ ...live, phase: 'refused', reason: 'sign in first' }, known, clock(0))
    expect(refused[0]).toMatchObject({
      tone: 'err',
      headline: 'The relay refuses this page.',
      detail: 'sign in first.',
    })
  })
})

describe('a controller or an engine is away', () => {
  it('with its own sentence and how long', () => {
    expect(texts(live, applyFrame(known, away), clock(130_000))).toEqual([
      `The controller is away. Since ${clockTime(T)}, for 2 min 10 s. 3 attempts so far. Its containers are shown as last known.`,
    ])
  })

  it('by name when there are several', () => {
    const two = applyFrame(known, { ...away, controller: 'edge-2' })
    expect(banners(live, two, clock(5000))[0]?.headline).toBe('Controller edge-2 is away.')
  })

  it('the engine’s own reason is kept', () => {
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

  it('measured by the relay’s clock, whatever the page’s says', () => {
    const ahead = applyFrame(known, { ...away, since: iso(T + 3_600_000) })
    expect(texts(live, ahead, clock(8000, 3_600_000))[0]).toContain('for 8 s')
  })
})
