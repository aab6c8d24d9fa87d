import type { LinkMeasure } from '../../protocol/link'
import type { ControllerStatus, Frame } from '../../protocol/types'
import type { SourceClock } from '../rows/sourceClock'

/** A clock that is not measured may be wrong by this, in ms: most hosts follow a time server. */
const UNMEASURED_ERROR = 1000

/** What the relay has measured of the links to its controllers, from its messages. One for all panes. */
export class HostClocks {
  private readonly links = new Map<string, LinkMeasure>()

  /** Takes what a frame says of links; true when something of them has changed. */
  take(frame: Frame): boolean {
    if (frame.type === 'controller_status') return this.met(frame)
    if (frame.type !== 'container_update' || frame.controllers === null) return false
    return frame.controllers.map((one) => this.met(one)).some(Boolean)
  }

  of(host: string): SourceClock {
    const link = this.links.get(host)
    const ahead = link?.clockOffsetMillis
    return ahead === undefined
      ? { host, ahead: 0, error: UNMEASURED_ERROR, measured: false }
      : { host, ahead, error: link?.clockErrorMillis ?? 0, measured: true }
  }

  /** The round trip of a link in ms; null while it is not known. */
  roundTrip(host: string): number | null {
    return this.links.get(host)?.roundTripMillis ?? null
  }

  private met({ controller, link }: ControllerStatus): boolean {
    const before = this.links.get(controller)
    if (!link || isSame(before, link)) return false
    this.links.set(controller, link)
    return true
  }
}

function isSame(a: LinkMeasure | undefined, b: LinkMeasure): boolean {
  return (
    a?.clockOffsetMillis === b.clockOffsetMillis &&
    a?.clockErrorMillis === b.clockErrorMillis &&
    a?.roundTripMillis === b.roundTripMillis
  )
}
