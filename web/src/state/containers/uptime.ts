import { instant } from '../../ui/time'
import { ago, span } from '../../ui/units'
import type { Container, Port } from '../../protocol/types'

/**
 * How long a container has been in its state: "6d 4h" while it runs, "2 h ago" after it ended. The relay sends nothing
 * while only time passes, so the page counts from the known times. When the state is not known any more, the count stops.
 *
 * @param now in ms, by the relay's clock
 */
export function uptime(container: Container, now: number): string {
  const status = container.status === 'unknown' ? container.last_status : container.status
  if (status === 'running' || status === 'paused' || status === 'restarting') {
    const since = instant(container.started_at)
    // While the engine waits before a restart, the time since the last end counts.
    const from = status === 'restarting' ? (instant(container.finished_at) ?? since) : since
    if (from === null) return ''
    const until = Math.min(now, instant(container.as_of) ?? now)
    return status === 'restarting' ? ago(now - from) : span(until - from)
  }
  if (status === 'exited' || status === 'dead') {
    const since = instant(container.finished_at)
    return since === null ? '' : ago(now - since)
  }
  return ''
}

/** "8080→80", "443"; with the protocol unless it is TCP, and with the address unless it is all addresses. */
function portText(port: Port): string {
  const inside = port.type === 'tcp' ? String(port.private_port) : `${port.private_port}/${port.type}`
  if (port.public_port === null) return inside
  const everywhere = port.ip === null || port.ip === '0.0.0.0' || port.ip === '::'
  return `${everywhere ? '' : `${port.ip}:`}${port.public_port}→${inside}`
}

/** Each port once (Docker lists a published port for IPv4 and for IPv6), published ports first. */
export function portTexts(ports: readonly Port[]): string[] {
  const open = (port: Port) => (port.public_port === null ? 1 : 0)
  const sorted = [...ports].sort((a, b) => open(a) - open(b) || a.private_port - b.private_port)
  return [...new Set(sorted.map(portText))]
}
