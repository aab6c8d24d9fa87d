import { computed, shallowReactive, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { keyOf, type Fleet } from '../containers/fleet'
import type { WorkerCommand, WorkerEvent } from '../../worker/messages'
import { targetsOf } from './members'
import type { WorkerClient } from '../../worker/workerClient'
import { PagePane, type PaneLine } from './pagePane'
import { containerMember, PLAIN, readSpec, writeSpec, type MemberSpec, type PaneSpec } from './paneSpec'
import type { Target } from '../../logs/target'

/** How many lines a new pane asks for. */
export const BACKLOG = 1000
/** And one that begins anew because the worker had to be: as many as the relay gives. */
const WHOLE_BACKLOG = 10_000

/**
 * The open panes of the page: those beside each other in the dock or on the page of logs, which the address names,
 * and those that stand for themselves in another view. Made once with the session.
 */
export class LogDesk {
  /** In the address, in this order. */
  readonly panes = shallowReactive<PagePane[]>([])
  /** Panes elsewhere on the page. */
  private readonly others = shallowReactive<PagePane[]>([])
  /** Keys of the containers that a pane shows. */
  readonly keys: ComputedRef<ReadonlySet<string>>
  /** The values of the address's `p`. */
  readonly params: ComputedRef<string[]>

  /** The moment of the line under the pointer, which the other panes show too; null when it is over none. */
  readonly moment: ShallowRef<{ pane: number; time: string } | null> = shallowRef(null)

  private numbers = 0
  private texts = 0
  private readonly asked = new Map<number, (answer: { text: string; rows: number }) => void>()
  private readonly line: PaneLine
  private markers = 0

  constructor(
    private readonly outpost: WorkerClient,
    private readonly fleet: () => Fleet,
  ) {
    this.keys = computed(
      () => new Set(this.panes.flatMap((pane) => pane.members.value.map(({ target }) => keyOf(target)))),
    )
    this.params = computed(() => this.panes.map((pane) => writeSpec(pane.spec.value)))
    this.line = {
      give: (order) => this.outpost.give(order),
      text: (pane, from, to, form) => this.text({ order: 'text', id: ++this.texts, pane, from, to, form }),
      specChanged: () => this.watch(),
    }
  }

  /** This container's log, in the place of what was open. */
  open(target: Target): PagePane {
    return this.openMembers([containerMember(target)])
  }

  /** Another pane beside those that are open. */
  beside(target: Target): PagePane {
    return this.openMembers([containerMember(target)], true)
  }

  openMembers(members: MemberSpec[], beside = false): PagePane {
    if (!beside) this.closeAll()
    const pane = this.begin({ ...PLAIN, members })
    this.panes.push(pane)
    return pane
  }

  /** A pane that no address names; whoever opened it closes it. */
  alone(target: Target): PagePane {
    const pane = this.begin({ ...PLAIN, members: [containerMember(target)] })
    this.others.push(pane)
    return pane
  }

  /** Merges another container, or project, into a pane; or takes it out. */
  setMembers(pane: PagePane, members: MemberSpec[]): void {
    pane.change({ members })
    this.resolve(pane)
  }

  close(pane: PagePane): void {
    for (const panes of [this.panes, this.others]) {
      const at = panes.indexOf(pane)
      if (at >= 0) panes.splice(at, 1)
    }
    this.outpost.give({ order: 'close', pane: pane.number })
    this.watch()
  }

  closeAll(): void {
    for (const pane of [...this.panes]) this.close(pane)
  }

  /** The panes that an address names; those that are open already stay as they are. */
  restore(params: readonly string[]): void {
    if (JSON.stringify(params) === JSON.stringify(this.params.value)) return
    const open = [...this.panes]
    const wanted = params.map(readSpec).filter((spec) => spec !== null)
    const panes = wanted.map((spec) => {
      const at = open.findIndex((pane) => writeSpec(pane.spec.value) === writeSpec(spec))
      return at < 0 ? this.begin(spec) : open.splice(at, 1)[0]!
    })
    for (const pane of open) this.close(pane)
    this.panes.splice(0, this.panes.length, ...panes)
  }

  /** A mark in all panes, after the newest line of each. */
  mark(): void {
    this.outpost.give({ order: 'mark', text: String(++this.markers), time: new Date().toISOString() })
  }

  /** The list of containers has changed: members may have joined, left, or been renamed. */
  fleetChanged(): void {
    for (const pane of this.all()) {
      this.followRename(pane)
      this.resolve(pane)
    }
  }

  take(report: WorkerEvent): void {
    if (report.report === 'view') {
      const pane = this.all().find((one) => one.number === report.view.pane)
      if (pane) pane.view.value = report.view
    } else if (report.report === 'text') {
      this.asked.get(report.id)?.(report)
      this.asked.delete(report.id)
    }
  }

  /** The worker hung and another one has begun: patterns are to blame, and are left out. */
  begunAnew(): void {
    for (const pane of this.all()) {
      pane.giveUpPattern()
      this.outpost.give(pane.openOrder(WHOLE_BACKLOG))
    }
  }

  private all(): PagePane[] {
    return [...this.panes, ...this.others]
  }

  private begin(spec: PaneSpec): PagePane {
    const pane = new PagePane(++this.numbers, spec, this.line)
    pane.setTargets(targetsOf(spec.members, this.fleet().containers))
    this.outpost.give(pane.openOrder(BACKLOG))
    if (pane.patterned) this.outpost.watch(true)
    return pane
  }

  private resolve(pane: PagePane): void {
    const targets = targetsOf(pane.spec.value.members, this.fleet().containers)
    if (pane.setTargets(targets)) pane.give({ order: 'members', members: pane.members.value })
  }

  /** A container renamed by hand keeps its log: only what the pane is called changes. */
  private followRename(pane: PagePane): void {
    const { containers } = this.fleet()
    const renamed = new Map<string, string>()
    for (const { target } of pane.members.value) {
      if (target.id === null || containers.has(keyOf(target))) continue
      for (const other of containers.values())
        if (other.controller === target.controller && other.id === target.id)
          renamed.set(keyOf(target), other.name)
    }
    if (renamed.size === 0) return
    const members = pane.spec.value.members.map((member) => {
      const name = member.kind === 'container' ? renamed.get(keyOf(member)) : undefined
      return name === undefined ? member : ({ ...member, name } as MemberSpec)
    })
    pane.spec.value = { ...pane.spec.value, members }
  }

  private text(order: Extract<WorkerCommand, { order: 'text' }>): Promise<{ text: string; rows: number }> {
    return new Promise((done) => {
      this.asked.set(order.id, done)
      this.outpost.give(order)
    })
  }

  private watch(): void {
    this.outpost.watch(this.all().some((pane) => pane.patterned))
  }
}
