import type { Frame, Request } from '../../protocol/types'
import type { PaneRows } from '../rows/paneRows'
import type { Target } from '../target'
import type { PaneMember } from './commands'
import { Tail, type TailSink } from './tail'

/** How the tails of a pane reach the relay. */
export interface TailChannel {
  /** A subscription id that no other tail has. */
  nextSub(): string
  send(request: Request): void
  /** How many lines a new container asks for. */
  backlogLines: number
}

/** The tails of one pane: one per container that it shows. Owned by the pane, which closes them. */
export class PaneTails {
  private readonly tails = new Map<number, Tail>()

  constructor(
    private readonly rows: PaneRows,
    private readonly sink: TailSink,
    private readonly channel: TailChannel,
  ) {}

  get all(): readonly Tail[] {
    return [...this.tails.values()]
  }

  /** The containers, by source. */
  get targets(): Map<number, Target> {
    return new Map([...this.tails].map(([source, { target }]) => [source, target]))
  }

  /** Sets the containers. Tails of new ones start, tails of others end; the rows of those stay. */
  set(members: readonly PaneMember[]): void {
    const wanted = new Set(members.map((member) => member.source))
    for (const tail of this.all) if (!wanted.has(tail.source)) this.remove(tail)
    for (const { source, target } of members) {
      const tail = this.tails.get(source)
      if (tail) tail.target = target
      else this.add(new Tail(source, target, this.channel.nextSub, this.sink))
    }
  }

  /** Subscribes again, for example on a new connection: each tail resumes after its last line. */
  subscribe(condition: (tail: Tail) => boolean = () => true): void {
    for (const tail of this.all)
      if (condition(tail)) this.channel.send(tail.subscribe(this.channel.backlogLines))
  }

  /** True when the frame belongs to one of the tails. */
  handle(frame: Frame): boolean {
    for (const tail of this.tails.values()) if (tail.handle(frame)) return true
    return false
  }

  close(): void {
    for (const tail of this.all) this.remove(tail)
  }

  private add(tail: Tail): void {
    this.tails.set(tail.source, tail)
    this.rows.live.begin(tail.source, false)
    this.channel.send(tail.subscribe(this.channel.backlogLines))
  }

  private remove(tail: Tail): void {
    this.tails.delete(tail.source)
    this.channel.send(tail.unsubscribe())
  }
}
