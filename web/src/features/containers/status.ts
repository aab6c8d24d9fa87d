import type { Container } from '../../protocol/types'
import { instant } from '../../ui/time'

/**
 * Docker's own status text with its clock going on. Nothing is sent while only time passes, so the text a page has is
 * as old as the last change; the moment it counts from is known, and the words are Docker's.
 *
 * @param now in milliseconds, by the relay's clock
 */
export function statusText(container: Container, now: number): string {
  const detail = container.status_detail
  if (container.status === 'running' || container.status === 'paused') {
    const since = instant(container.started_at)
    return since === null ? detail : detail.replace(/^Up .+?(?= \(|$)/, `Up ${elapsed(now - since)}`)
  }
  if (container.status === 'exited') {
    const since = instant(container.finished_at)
    return since === null
      ? detail
      : detail.replace(/^(Exited \(-?\d+\)) .+ ago$/, `$1 ${elapsed(now - since)} ago`)
  }
  return detail
}

/** A time span in Docker's words: "Less than a second", "About an hour", "3 days". */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.round(seconds / 3600)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  const days = Math.floor(hours / 24)
  if (days < 14) return `${days} days`
  if (days < 60) return `${Math.floor(days / 7)} weeks`
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`
}
