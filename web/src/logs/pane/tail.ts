import type { Frame, LogGap, LogSnapshot, LogStateFrame, Request } from '../../protocol/types'
import { PROVISIONAL } from '../rows/rowFactory'
import { addressOf, type Target } from '../target'

/** Receives what a tail reads from its frames. */
export interface TailSink {
  /** Live lines, or lines that continue exactly after those from before an outage. */
  lines(tail: Tail, logs: readonly unknown[], streams: string): void
  /** A backlog without a promise to continue the known lines: it replaces them. */
  backlog(tail: Tail, logs: readonly unknown[], streams: string): void
  gap(tail: Tail, gap: LogGap): void
  state(tail: Tail, frame: LogStateFrame): void
}

/**
 * Follows one container's log: its subscription at the relay, and the cursor from which it resumes after an outage.
 * Lives in the worker as long as its pane shows the container.
 */
export class Tail {
  /** The last state that the relay reported; null before the first. */
  state: string | null = null
  stateMessage: string | null = null
  /** Why the relay refused the subscription; null when it did not. */
  refusal: string | null = null
  /** Whether the snapshot of this subscription has arrived. */
  ready = false
  /** Of the last line that arrived; null before the first. */
  cursor: string | null = null
  moreBefore = false

  /** The subscription's id. Each subscription has another one, so that frames of an earlier one are ignored. */
  private sub = ''

  constructor(
    readonly source: number,
    public target: Target,
    private readonly nextSub: () => string,
    private readonly sink: TailSink,
  ) {}

  /** The request for a new connection. @param lines how many lines to start with, if there is nothing to resume */
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

  /** True when the frame belongs to this tail. */
  handle(frame: Frame): boolean {
    if (!this.isOurs(frame)) return false
    if (frame.type === 'log_snapshot') this.snapshot(frame)
    else if (frame.type === 'new_logs') this.sink.lines(this, frame.logs, frame.streams)
    else if (frame.type === 'log_gap') this.sink.gap(this, frame)
    else if (frame.type === 'log_state') this.stateChanged(frame)
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
    // The `log_gap` frame with the reason comes next; until then a provisional gap stands in its place.
    if (!frame.resumed) this.sink.gap(this, provisionalGap(frame, this.cursor))
    this.sink.lines(this, frame.logs, frame.streams)
  }

  private stateChanged(frame: LogStateFrame): void {
    const before = this.state
    this.state = frame.state
    this.stateMessage = frame.message
    // The state at the time the pane opened is no news, and `following` is the normal one.
    if (frame.state === 'following' || frame.state === 'unreadable') return
    if (before === null && frame.state === 'waiting') return
    if (before === frame.state && frame.state !== 'restarted' && frame.state !== 'recreated') return
    this.sink.state(this, frame)
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

  /** A relay that does not echo `sub` only names the container. */
  private isNamed(container: string, controller: string): boolean {
    if (controller !== '' && controller !== this.target.controller) return false
    return container === this.target.name || container === addressOf(this.target)
  }
}

function provisionalGap({ container, controller, sub }: LogSnapshot, from: string | null): LogGap {
  return { type: 'log_gap', container, controller, sub, reason: PROVISIONAL, from, to: null, count: null }
}
