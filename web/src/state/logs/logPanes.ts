import { computed, shallowReactive, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { LogEvent } from '../../logs/pane/paneView'
import type { Target } from '../../logs/target'
import type { WorkerClient } from '../../worker/workerClient'
import { keyOf } from '../containers/containerList'
import type { Fleet } from '../containers/fleet'
import { targetsOf } from './members'
import { PagePane, type ExportedText, type PaneChannel } from './pagePane'
import {
  containerMember,
  DEFAULT_SPEC,
  readSpec,
  writeSpec,
  type MemberSpec,
  type PaneSpec,
} from './paneSpec'

/** How many lines a new pane asks for. */
const BACKLOG = 1000
/** How many lines a pane asks for after the worker was replaced: as many as the relay sends. */
const FULL_BACKLOG = 10_000

/**
 * The open log panes of the page: those in the dock or on the logs page, which are in the address, and separate ones
 * in other views. Hands on views from the worker. Made once with the session.
 */
export class LogPanes {
  /** The panes in the address, in this order. */
  readonly panes = shallowReactive<PagePane[]>([])
  /** Panes of other views; not in the address. */
  private readonly separate = shallowReactive<PagePane[]>([])
  /** Keys of the containers that a pane in the address shows. */
  readonly keys: ComputedRef<ReadonlySet<string>>
  /** The values of `p` in the address. */
  readonly params: ComputedRef<string[]>

  /** The time of the line under the pointer, which the other panes mark too; null without such a line. */
  readonly moment: ShallowRef<{ pane: number; time: string } | null> = shallowRef(null)

  /** The number of the pane that had the focus last; null before. */
  readonly focused: ShallowRef<number | null> = shallowRef(null)

  private numbers = 0
  private requests = 0
  private readonly pending = new Map<number, (answer: ExportedText) => void>()
  private readonly channel: PaneChannel
  private markers = 0

  constructor(
    private readonly worker: WorkerClient,
    private readonly fleet: () => Fleet,
  ) {
    this.keys = computed(
      () => new Set(this.panes.flatMap((pane) => pane.members.value.map(({ target }) => keyOf(target)))),
    )
    this.params = computed(() => this.panes.map((pane) => writeSpec(pane.spec.value)))
    this.channel = {
      post: (command) => this.worker.post(command),
      text: (pane, part, format) => this.requestText(pane, part, format),
      specChanged: () => this.watchWorker(),
    }
  }

  /** Opens a container's log and closes the panes that are open. */
  open(target: Target): PagePane {
    return this.openMembers([containerMember(target)])
  }

  /** Opens a container's log beside the panes that are open. */
  openBeside(target: Target): PagePane {
    return this.openMembers([containerMember(target)], true)
  }

  openMembers(members: MemberSpec[], beside = false): PagePane {
    if (!beside) this.closeAll()
    const pane = this.createPane({ ...DEFAULT_SPEC, members })
    this.panes.push(pane)
    return pane
  }

  /** Opens a pane that is not in the address; the caller closes it. */
  openSeparate(target: Target): PagePane {
    const pane = this.createPane({ ...DEFAULT_SPEC, members: [containerMember(target)] })
    this.separate.push(pane)
    return pane
  }

  /** Changes which containers a pane merges. */
  setMembers(pane: PagePane, members: MemberSpec[]): void {
    pane.change({ members })
    this.updateTargets(pane)
  }

  close(pane: PagePane): void {
    for (const panes of [this.panes, this.separate]) {
      const at = panes.indexOf(pane)
      if (at >= 0) panes.splice(at, 1)
    }
    this.worker.post({ type: 'close', pane: pane.number })
    this.watchWorker()
  }

  closeAll(): void {
    for (const pane of [...this.panes]) this.close(pane)
  }

  /** Opens the panes that an address names. Panes that are open already stay as they are. */
  restore(params: readonly string[]): void {
    if (JSON.stringify(params) === JSON.stringify(this.params.value)) return
    const open = [...this.panes]
    const wanted = params.map(readSpec).filter((spec) => spec !== null)
    const panes = wanted.map((spec) => {
      const at = open.findIndex((pane) => writeSpec(pane.spec.value) === writeSpec(spec))
      return at < 0 ? this.createPane(spec) : open.splice(at, 1)[0]!
    })
    for (const pane of open) this.close(pane)
    this.panes.splice(0, this.panes.length, ...panes)
  }

  /** Sets a marker after the newest line of each pane. */
  addMarker(): void {
    this.worker.post({ type: 'marker', text: String(++this.markers), time: new Date().toISOString() })
  }

  /** The containers or their hosts have changed: members may have joined, left, been renamed, or moved. */
  fleetChanged(): void {
    const { former } = this.fleet()
    for (const pane of this.all()) {
      pane.moved(former)
      this.followRename(pane)
      this.updateTargets(pane)
    }
  }

  handle(event: LogEvent): void {
    if (event.type === 'view') {
      const pane = this.all().find((one) => one.number === event.view.pane)
      if (pane) pane.view.value = event.view
    } else {
      this.pending.get(event.id)?.(event)
      this.pending.delete(event.id)
    }
  }

  /** A search pattern hung the worker, and a new worker has replaced it: patterns are not applied any more. */
  workerRestarted(): void {
    for (const pane of this.all()) {
      pane.disablePattern()
      this.worker.post(pane.openCommand(FULL_BACKLOG))
    }
  }

  private all(): PagePane[] {
    return [...this.panes, ...this.separate]
  }

  private createPane(spec: PaneSpec): PagePane {
    const pane = new PagePane(++this.numbers, spec, this.channel)
    pane.moved(this.fleet().former)
    pane.setTargets(targetsOf(pane.spec.value.members, this.fleet().containers))
    this.worker.post(pane.openCommand(BACKLOG))
    if (pane.hasPattern) this.worker.watch(true)
    return pane
  }

  private updateTargets(pane: PagePane): void {
    const targets = targetsOf(pane.spec.value.members, this.fleet().containers)
    if (pane.setTargets(targets)) pane.post({ type: 'members', members: pane.members.value })
  }

  /** A renamed container keeps its log; only the name in the pane's spec changes. */
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

  private requestText(...[pane, part, format]: Parameters<PaneChannel['text']>): Promise<ExportedText> {
    const id = ++this.requests
    return new Promise((resolve) => {
      this.pending.set(id, resolve)
      this.worker.post({ type: 'text', id, pane, from: part?.from ?? null, to: part?.to ?? null, format })
    })
  }

  private watchWorker(): void {
    this.worker.watch(this.all().some((pane) => pane.hasPattern))
  }
}
