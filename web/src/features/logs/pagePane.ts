import { computed, shallowRef, type ShallowRef } from 'vue'
import { keyOf } from '../containers/fleet'
import type { Look, Member, WorkerCommand, SieveOrder, Stride, TextForm, View } from '../../worker/messages'
import { parseQuery, isBad } from '../../logs/text/query'
import type { PaneSpec } from './paneSpec'
import type { Target } from '../../logs/target'

/** Rows that a reader has marked: from the one first clicked to the one last. */
export interface Selection {
  from: number
  to: number
}

export interface PaneLine {
  give(order: WorkerCommand): void
  text(
    pane: number,
    from: number | null,
    to: number | null,
    form: TextForm,
  ): Promise<{ text: string; rows: number }>
  specChanged(): void
}

/**
 * A pane as the page sees it: what it is about, what the worker last said of it, and what the reader has marked.
 * Components read its refs; what they want goes to the worker as orders.
 */
export class PagePane {
  readonly spec: ShallowRef<PaneSpec>
  readonly view: ShallowRef<View | null> = shallowRef(null)
  readonly members: ShallowRef<Member[]> = shallowRef([])
  readonly muted: ShallowRef<ReadonlySet<number>> = shallowRef(new Set())
  readonly following = shallowRef(true)
  readonly selection: ShallowRef<Selection | null> = shallowRef(null)
  /** The row whose particulars are open; null for none. */
  readonly inspected = shallowRef<number | null>(null)
  /** A pattern that the worker hung in; it is not tried again until it changes. */
  readonly tooSlow = shallowRef<string | null>(null)
  readonly unfolded = shallowRef(false)
  /** Whether it is about more than one container, or may come to be. */
  readonly several = computed(() => this.members.value.length > 1)
  /** Names of all containers that have been in it. */
  readonly names = new Map<number, Target>()

  private sources = 0

  constructor(
    readonly number: number,
    spec: PaneSpec,
    private readonly line: PaneLine,
  ) {
    this.spec = shallowRef(spec)
    this.following.value = spec.at === null
  }

  /** The first of its containers; null while there is none. */
  get target(): Target | null {
    return this.members.value[0]?.target ?? null
  }

  /** Begins in a worker that does not know it. */
  openOrder(lines: number): WorkerCommand {
    this.view.value = null
    const { at } = this.spec.value
    return { order: 'open', pane: this.number, members: this.members.value, sieve: this.sieve(), at, lines }
  }

  /** Who is in it now; each keeps its number for good. True when that is a change. */
  setTargets(targets: readonly Target[]): boolean {
    const before = this.members.value
    const next = targets.map((target) => ({ source: this.sourceOf(target), target }))
    for (const { source, target } of next) this.names.set(source, target)
    if (JSON.stringify(before) === JSON.stringify(next)) return false
    this.members.value = next
    return true
  }

  give(order: { order: WorkerCommand['order'] } & Record<string, unknown>): void {
    this.line.give({ ...order, pane: this.number } as WorkerCommand)
  }

  /** Changes what is shown, in the address too. */
  change(part: Partial<PaneSpec>): void {
    const before = this.spec.value
    this.spec.value = { ...before, ...part }
    if (part.text !== undefined && part.text !== before.text) this.tooSlow.value = null
    const sifts = Object.keys(part).some((name) => name !== 'at' && name !== 'members')
    if (sifts) this.give({ order: 'sift', sieve: this.sieve() })
    this.line.specChanged()
  }

  mute(source: number, on: boolean): void {
    const muted = new Set(this.muted.value)
    if (on) muted.add(source)
    else muted.delete(source)
    this.muted.value = muted
    this.give({ order: 'sift', sieve: this.sieve() })
  }

  /** A pattern that the worker hung in is left out from now on. */
  giveUpPattern(): void {
    if (!this.patterned) return
    this.tooSlow.value = this.spec.value.text
    this.following.value = true
  }

  get patterned(): boolean {
    const { text, caseSensitive } = this.spec.value
    if (text === this.tooSlow.value) return false
    const query = parseQuery(text, caseSensitive)
    return query !== null && !isBad(query) && query.patterned
  }

  /** Marks rows; null: none. */
  select(part: Selection | null): void {
    this.selection.value = part
  }

  /** Opens the particulars of a row; null closes them. */
  inspect(n: number | null): void {
    this.inspected.value = n
  }

  unfoldAll(on: boolean): void {
    this.unfolded.value = on
    this.give({ order: 'unfold', n: null, open: on })
  }

  look(look: Look): void {
    this.give({ order: 'look', look })
  }

  /** Pausing is where the reader is; the place goes into the address only when it is asked for. */
  follow(wanted: boolean): void {
    if (this.following.value === wanted) return
    this.following.value = wanted
    if (wanted) {
      this.selection.value = null
      if (this.spec.value.at !== null) this.change({ at: null })
    }
  }

  /** Nothing to go to is no reason to stand still. */
  walk(stride: Stride, by: 1 | -1): void {
    if (stride === 'hit' && this.view.value?.hits?.count === 0) return
    this.following.value = false
    this.give({ order: 'walk', stride, by, from: this.selection.value?.to ?? null })
  }

  jump(time: string): void {
    this.following.value = false
    this.change({ at: time })
    this.give({ order: 'jump', time })
  }

  text(form: TextForm, part: Selection | null = null): Promise<{ text: string; rows: number }> {
    return this.line.text(this.number, part?.from ?? null, part?.to ?? null, form)
  }

  private sieve(): SieveOrder {
    const { levels, stderrOnly, text, caseSensitive, only } = this.spec.value
    const tried = text === this.tooSlow.value ? '' : text
    return { levels, muted: [...this.muted.value], stderrOnly, text: tried, caseSensitive, only }
  }

  /** A container that was renamed by hand, or came back, is the same one. */
  private sourceOf(target: Target): number {
    for (const [source, known] of this.names) {
      const renamed = target.id !== null && known.id === target.id && known.controller === target.controller
      if (keyOf(known) === keyOf(target) || renamed) return source
    }
    const source = this.sources++
    this.names.set(source, target)
    return source
  }
}
