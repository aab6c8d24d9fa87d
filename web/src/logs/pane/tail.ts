import type { Frame, LogGap, LogSnapshot, LogStateFrame, Request } from '../../protocol/types'
import { addressOf, type Target } from '../target'

/** Where a tail puts what it hears. */
export interface TailSink {
  /** Lines that came live, or after those that were there before an outage. */
  lines(tail: Tail, logs: readonly unknown[], streams: string): void
  /** A backlog that nobody promised to go on from what is there: it takes its place. */
  backlog(tail: Tail, logs: readonly unknown[], streams: string): void
  gap(tail: Tail, gap: LogGap): void
  turn(tail: Tail, frame: LogStateFrame): void
}

/**
 * One container's log being followed: the subscription as the relay knows it, and the cursor by which it goes on
 * after an outage. Lives in the worker as long as its pane shows the container.
 */
export class Tail {
  /** The last state the relay named; null until it has. */
  state: string | null = null
  stateMessage: string | null = null
  /** Why the relay would not follow it; null when it does. */
  refusal: string | null = null
  /** Whether the snapshot of this subscription has come. */
  ready = false
  /** After the last line that came; null before the first. */
  cursor: string | null = null
  moreBefore = false

  /** The subscription's own word; another one each time, so that frames of an earlier one are told apart. */
  private sub = ''

  constructor(
    readonly source: number,
    public target: Target,
    private readonly nextSub: () => string,
    private readonly sink: TailSink,
  ) {}

  /** What to say on a new connection: go on after the last line, or begin with so many. */
  subscribe(lines: number): Request {
    this.sub = this.nextSub()
    this.ready = false
    this.refusal = null
    const resume = this.cursor === null ? {} : { after: this.cursor }
    return {
      type: 'subscribe_logs',
      container: addressOf(this.target),
      lines,
      sub: this.sub,
      wait: true,
      ...resume,
    }
  }

  unsubscribe(): Request {
    return { type: 'unsubscribe_logs', container: addressOf(this.target), sub: this.sub }
  }

  /** True when the frame was this tail's. */
  take(frame: Frame): boolean {
    if (!this.isOurs(frame)) return false
    if (frame.type === 'log_snapshot') this.snapshot(frame)
    else if (frame.type === 'new_logs') this.sink.lines(this, frame.logs, frame.streams)
    else if (frame.type === 'log_gap') this.sink.gap(this, frame)
    else if (frame.type === 'log_state') this.turned(frame)
    else if (frame.type === 'error') this.refused(frame.message)
    if (frame.type === 'log_snapshot' || frame.type === 'new_logs') this.cursor = frame.cursor ?? this.cursor
    return true
  }

  private snapshot(frame: LogSnapshot): void {
    this.ready = true
    if (frame.resumed === null) {
      this.moreBefore = frame.more_before
      this.sink.backlog(this, frame.logs, frame.streams)
      return
    }
    // The `log_gap` that says why comes next; until it does, a row of its own stands where it will be.
    if (!frame.resumed) this.sink.gap(this, seam(frame, this.cursor))
    this.sink.lines(this, frame.logs, frame.streams)
  }

  private turned(frame: LogStateFrame): void {
    const before = this.state
    this.state = frame.state
    this.stateMessage = frame.message
    // What was so when the pane opened is no news, and "following" is what one expects.
    if (frame.state === 'following' || frame.state === 'unreadable') return
    if (before === null && frame.state === 'waiting') return
    if (before === frame.state && frame.state !== 'restarted' && frame.state !== 'recreated') return
    this.sink.turn(this, frame)
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

function seam({ container, controller, sub }: LogSnapshot, from: string | null): LogGap {
  return { type: 'log_gap', container, controller, sub, reason: 'seam', from, to: null, count: null }
}
