import type { Frame, LogGap, LogSnapshot, NewLogs, Request } from '../../protocol/types'
import { lineRows, type GapRow, type LineRow, type LogRow } from './line'
import { Ring } from './ring'

/** Whose log a pane shows. */
export interface Target {
  controller: string
  name: string
  id: string | null
}

export const MOST_ROWS = 20_000
const MOST_CHARACTERS = 32_000_000
/** How many lines a new pane asks for. */
export const BACKLOG = 1000

/**
 * One log being followed: the subscription as the relay knows it, and the rows that have come. Plain state that
 * frames are put into; the same class can live in a worker. `onChange` says that something is to be drawn anew.
 */
export class LogPane {
  readonly ring = new Ring(MOST_ROWS, MOST_CHARACTERS)
  /** The last state the relay named; null until it has. */
  state: string | null = null
  stateMessage: string | null = null
  /** Why the relay would not follow it; null when it does. */
  refusal: string | null = null
  /** Whether the snapshot of this subscription has come. */
  ready = false
  moreBefore = false
  /** Lines that came live, ever: what "N new lines" counts. */
  arrived = 0

  /** The subscription's own word; another one each time, so that frames of an earlier one are told apart. */
  private sub = ''
  private cursor: string | null = null
  /** The row that stands where a resumption failed, until its `log_gap` says more. */
  private openGap: number | null = null

  constructor(
    /** Tells panes apart, whatever they show. */
    readonly number: number,
    public target: Target,
    private readonly nextSub: () => string,
    private readonly onChange: () => void,
  ) {}

  /** What to say on a new connection: go on after the last line, or begin. */
  subscribe(): Request {
    this.sub = this.nextSub()
    this.ready = false
    this.refusal = null
    const resume = this.cursor === null ? {} : { after: this.cursor }
    this.onChange()
    return {
      type: 'subscribe_logs',
      container: addressOf(this.target),
      lines: BACKLOG,
      sub: this.sub,
      wait: true,
      ...resume,
    }
  }

  unsubscribe(): Request {
    return { type: 'unsubscribe_logs', container: addressOf(this.target), sub: this.sub }
  }

  /** True when the frame was this pane's. */
  take(frame: Frame): boolean {
    if (!this.isOurs(frame)) return false
    this.apply(frame)
    this.onChange()
    return true
  }

  private apply(frame: Frame): void {
    if (frame.type === 'log_snapshot') this.snapshot(frame)
    else if (frame.type === 'new_logs') this.lines(frame)
    else if (frame.type === 'log_gap') this.gap(frame)
    else if (frame.type === 'log_state') this.turned(frame.state, frame.message, frame.at)
    else if (frame.type === 'error') this.refused(frame.message)
  }

  private snapshot(frame: LogSnapshot): void {
    this.ready = true
    this.moreBefore = frame.more_before
    const rows: LogRow[] = lineRows(frame.logs, frame.streams)
    if (frame.resumed === null) {
      // Nobody promised that this begins where the last one ended, so it takes its place.
      this.ring.clear()
    } else if (!frame.resumed) {
      this.openGap = this.ring.end
      this.ring.push([gapRow('unknown', null, '')])
    }
    this.ring.push(rows)
    if (frame.resumed !== null) this.arrived += rows.length
    this.cursor = frame.cursor ?? this.cursor
  }

  private lines(frame: NewLogs): void {
    const rows: LineRow[] = lineRows(frame.logs, frame.streams)
    this.ring.push(rows)
    this.arrived += rows.length
    this.cursor = frame.cursor ?? this.cursor
  }

  private gap(frame: LogGap): void {
    const row = gapRow(frame.reason, frame.count, '')
    if (this.openGap === null) this.ring.push([row])
    else this.ring.replace(this.openGap, row)
    this.openGap = null
  }

  private turned(state: string, message: string | null, at: string | null): void {
    const before = this.state
    this.state = state
    this.stateMessage = message
    // What was so when the pane opened is no news, and "following" is what one expects.
    if (state === 'following' || state === 'unreadable' || (before === null && state === 'waiting')) return
    if (before === state && state !== 'restarted' && state !== 'recreated') return
    this.ring.push([{ kind: 'state', state, message, time: at ?? '' }])
  }

  private refused(message: string): void {
    this.ready = true
    this.refusal = message
  }

  private isOurs(frame: Frame): boolean {
    switch (frame.type) {
      case 'log_snapshot':
      case 'new_logs':
      case 'log_gap':
      case 'log_state':
        return frame.sub === null ? this.isNamed(frame.container, frame.controller) : frame.sub === this.sub
      case 'error':
        if (frame.request !== 'subscribe_logs') return false
        return frame.sub === null ? this.isNamed(frame.container ?? '', '') : frame.sub === this.sub
      default:
        return false
    }
  }

  /** A relay that does not echo `sub` names the container only. */
  private isNamed(container: string, controller: string): boolean {
    if (controller !== '' && controller !== this.target.controller) return false
    return container === this.target.name || container === addressOf(this.target)
  }
}

/** The unambiguous way to write a container in a request. */
export function addressOf(target: Target): string {
  return target.controller === '' ? target.name : `${target.controller}/${target.name}`
}

function gapRow(reason: string, count: number | null, time: string): GapRow {
  return { kind: 'gap', reason, count, time }
}
