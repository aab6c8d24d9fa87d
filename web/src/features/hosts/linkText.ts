import type { LinkMeasure } from '../../protocol/link'
import { hostMessages as texts } from './hostMessages'

/** A duration of a link: `0.4 ms`, `12 ms`, `1.25 s`, `3 min 20 s`. */
export function milliseconds(ms: number): string {
  const size = Math.abs(ms)
  if (size < 10) return `${ms.toFixed(1)} ms`
  if (size < 1000) return `${Math.round(ms)} ms`
  if (size < 60_000) return `${(ms / 1000).toFixed(2)} s`
  const seconds = Math.round(size / 1000)
  const minutes = Math.floor(seconds / 60)
  const sign = ms < 0 ? '-' : ''
  if (minutes < 60) return `${sign}${minutes} min ${seconds % 60} s`
  return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** How far the host's clock is ahead or behind, with the error. */
export function offsetText({
  kind,
  clockOffsetMillis: offset,
  clockErrorMillis: error,
}: LinkMeasure): string {
  if (kind === 'local') return texts.sameClock
  if (offset === undefined) return texts.unmeasured
  const bound = error === undefined ? '' : ` ± ${milliseconds(error)}`
  if (error !== undefined && Math.abs(offset) <= error) return `0${bound}`
  const size = milliseconds(Math.abs(offset))
  return `${offset > 0 ? texts.ahead(size) : texts.slow(size)}${bound}`
}

export function roundTripText({ kind, roundTripMillis }: LinkMeasure): string {
  if (kind === 'local') return texts.sameProcess
  return roundTripMillis === undefined ? texts.unmeasured : milliseconds(roundTripMillis)
}

/** Whether a clock is so wrong that a person should set it. */
export function isWrongClock({ clockOffsetMillis, clockErrorMillis }: LinkMeasure): boolean {
  return Math.abs(clockOffsetMillis ?? 0) > 1000 + (clockErrorMillis ?? 0)
}
