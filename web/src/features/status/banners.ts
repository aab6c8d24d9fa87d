import { isConnected, type ConnectionState } from '../../connection/connectionState'
import { messages } from '../../messages'
import { PROXY_LINES, type ProxyLines } from './proxyLines'
import { duration, instant, formatMoment } from '../../ui/time'
import type { KnownController, Fleet } from '../../state/containers/fleet'
import type { EngineStatus } from '../../protocol/types'
import { printable } from '../../logs/text/plainText'

export interface Banner {
  id: string
  tone: 'warn' | 'err' | 'neutral' | 'ok'
  /** Constant during an outage, because screen readers announce it. */
  headline: string
  /** Duration, attempts and what the page shows meanwhile; changes every second. */
  detail: string
  /** Whether it has a button to retry now. */
  retry: boolean
  /** The host that can be dismissed; null for none. */
  host: string | null
  /** What to change in a proxy; empty when that is not the reason. */
  proxies: readonly ProxyLines[]
}

/** Shorter outages are not shown. */
const SHOWN_AFTER_MS = 1500

/** The page's clock, and how far the relay's clock is ahead of it, in ms. */
export interface PageClock {
  now: number
  skew: number
}

/**
 * Which parts are not available, and since when. While the relay is not, only the relay, because the state of the rest
 * is unknown; else each controller and each engine.
 */
export function banners(link: ConnectionState, fleet: Fleet, clock: PageClock): Banner[] {
  if (link.phase !== 'live') {
    const banner = linkBanner(link, fleet, clock.now)
    return banner ? [banner] : []
  }
  const away = [...fleet.controllers.values()].filter((controller) => controller.state !== 'connected')
  const silent = [...fleet.engines.values()].filter(
    (engine) => !engine.available && !away.some((link) => link.controller === engine.controller),
  )
  const limited = [...fleet.engines.values()].filter((engine) => engine.available && engine.message !== null)
  const several = fleet.controllers.size > 1
  return [
    ...away.map((link) => controllerBanner(link, several, clock)),
    ...silent.map((engine) => engineBanner(engine, several, clock)),
    ...limited.map((engine) => limitedBanner(engine, several)),
  ].filter((banner) => banner !== null)
}

function linkBanner(link: ConnectionState, fleet: Fleet, now: number): Banner | null {
  // Then the page is not shown.
  if (link.obstacle?.kind === 'signin' || link.obstacle?.kind === 'rights') return null
  const refusal = link.phase === 'refused' && link.obstacle?.kind !== 'upgrade' ? link.obstacle : null
  if (refusal) {
    const why = asSentence(refusal.reason || 'No reason given')
    const refused = banner('relay', 'err', 'The relay refuses this page.', why, true)
    return refusal.kind === 'origin' ? { ...refused, proxies: PROXY_LINES } : refused
  }
  const from = isConnected(link) ? (link.lastFrameAt ?? link.since) : link.since
  if (now - from < SHOWN_AFTER_MS) return null
  const heardAt = link.lastFrameAt ?? fleet.savedAt
  const ago = duration(now - from)
  const shown =
    fleet.known && heardAt !== null
      ? `Showing data from ${formatMoment(heardAt, now)}, ${duration(now - heardAt)} ago.`
      : `No answer for ${ago}.`
  if (link.obstacle?.kind === 'upgrade' && link.phase !== 'offline') {
    const why = `The relay answers to HTTP, but WebSockets do not reach it: a proxy must pass them on. ${shown}`
    return { ...banner('relay', 'err', 'No live connection.', why, true), proxies: PROXY_LINES }
  }
  const lost = link.lastFrameAt !== null ? 'Connection lost.' : 'The relay does not answer.'
  switch (link.phase) {
    case 'offline':
      return banner('relay', 'neutral', 'You are offline.', shown, true)
    case 'stale':
      return banner('relay', 'warn', 'The relay is not responding.', shown, false)
    case 'waiting':
      return banner('relay', 'warn', lost, `${retrying(link, now)} ${shown}`, true)
    default:
      return banner('relay', 'warn', lost, `Trying now (attempt ${link.attempt}). ${shown}`, true)
  }
}

function retrying(link: ConnectionState, now: number): string {
  const seconds = Math.ceil(Math.max(0, (link.retryAt ?? now) - now) / 1000)
  return `Retrying in ${seconds} s (attempt ${link.attempt + 1}).`
}

function controllerBanner(link: KnownController, several: boolean, clock: PageClock): Banner | null {
  const since = localInstant(link.awaySince, clock)
  if (since !== null && clock.now - since < SHOWN_AFTER_MS) return null
  const title = several
    ? `Controller ${printable(link.controller)} is offline.`
    : 'The controller is offline.'
  const tried = link.attempt ? `${link.attempt} ${link.attempt === 1 ? 'attempt' : 'attempts'} so far.` : ''
  const why = link.message ? asSentence(`Last attempt: ${link.message}`) : ''
  const detail = [sinceText(since, clock.now), tried, why, AS_LAST_KNOWN].filter(Boolean).join(' ')
  const shown = banner(`controller:${link.controller}`, 'warn', title, detail, false)
  return { ...shown, host: several ? link.controller : null }
}

function engineBanner(engine: EngineStatus, several: boolean, clock: PageClock): Banner | null {
  const since = localInstant(engine.since, clock)
  if (since !== null && clock.now - since < SHOWN_AFTER_MS) return null
  const title = several
    ? `The container engine of ${printable(engine.controller)} does not answer.`
    : 'The container engine does not answer.'
  const why = engine.message ? asSentence(engine.message) : ''
  const detail = [sinceText(since, clock.now), why, AS_LAST_KNOWN].filter(Boolean).join(' ')
  return banner(`engine:${engine.controller}`, 'warn', title, detail, false)
}

function limitedBanner(engine: EngineStatus, several: boolean): Banner {
  const title = several
    ? `The container engine of ${printable(engine.controller)} refuses a request.`
    : 'The container engine refuses a request.'
  return banner(`engine:${engine.controller}`, 'neutral', title, asSentence(engine.message ?? ''), false)
}

const AS_LAST_KNOWN = 'Its containers show their last known state.'

function sinceText(since: number | null, now: number): string {
  return since === null ? '' : `Since ${formatMoment(since, now)}, for ${duration(now - since)}.`
}

function localInstant(timestamp: string | null, clock: PageClock): number | null {
  const at = instant(timestamp)
  return at === null ? null : at - clock.skew
}

function asSentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

function banner(id: string, tone: Banner['tone'], headline: string, detail: string, retry: boolean): Banner {
  return { id, tone, headline, detail, retry, host: null, proxies: [] }
}

/** The relay runs another build than the one that served this page. */
export const OUTDATED = banner('build', 'neutral', messages.outdated, messages.outdatedNote, false)

export const BACK_ONLINE = banner('back', 'ok', messages.backOnline, '', false)
