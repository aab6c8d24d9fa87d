import { computed, shallowRef, type ShallowRef } from 'vue'
import type {
  FindTarget,
  LogCommand,
  PaneCommand,
  PaneMember,
  TextFormat,
  Viewport,
} from '../../logs/pane/commands'
import type { PaneView } from '../../logs/pane/paneView'
import type { LogFilterSpec, TimeRange } from '../../logs/rows/filter'
import type { Target } from '../../logs/target'
import { isBad, parseQuery } from '../../logs/text/query'
import { keyOf } from '../containers/containerList'
import { onPresentHost, type FormerIds } from '../containers/formerIds'
import type { PaneSpec } from './paneSpec'

/** The rows that the reader selected: the one clicked first, and the one clicked last. */
export interface RowSelection {
  from: number
  to: number
}

/** The answer to a request for text. */
export interface ExportedText {
  text: string
  rows: number
}

/** How a pane reaches the worker. */
export interface PaneChannel {
  post(command: LogCommand): void
  text(pane: number, part: RowSelection | null, format: TextFormat): Promise<ExportedText>
  specChanged(): void
}

type WithoutPane<C> = C extends unknown ? Omit<C, 'pane'> : never

/**
 * The page's side of a pane: its spec, the last view from the worker, and what the reader selected. Components read
 * its refs and call its methods, which post commands to the worker. `LogPanes` makes and closes it.
 */
export class PagePane {
  readonly spec: ShallowRef<PaneSpec>
  readonly view: ShallowRef<PaneView | null> = shallowRef(null)
  readonly members: ShallowRef<PaneMember[]> = shallowRef([])
  readonly muted: ShallowRef<ReadonlySet<number>> = shallowRef(new Set())
  readonly following = shallowRef(true)
  readonly selection: ShallowRef<RowSelection | null> = shallowRef(null)
  /** The row in the inspector; null when the inspector is closed. */
  readonly inspected = shallowRef<number | null>(null)
  /** A search pattern that hung the worker. It is not applied again until it changes. */
  readonly tooSlow = shallowRef<string | null>(null)
  readonly unfolded = shallowRef(false)
  readonly isMerged = computed(() => this.members.value.length > 1)
  /** All containers that are or were in the pane, by source. */
  readonly targets = new Map<number, Target>()

  private sources = 0

  constructor(
    readonly number: number,
    spec: PaneSpec,
    private readonly channel: PaneChannel,
  ) {
    this.spec = shallowRef(spec)
    this.following.value = spec.at === null
  }

  /** The first container; null while there is none. */
  get target(): Target | null {
    return this.members.value[0]?.target ?? null
  }

  /** The command that opens this pane in a worker that does not know it. */
  openCommand(lines: number): LogCommand {
    this.view.value = null
    const { at } = this.spec.value
    return { type: 'open', pane: this.number, members: this.members.value, filter: this.filter(), at, lines }
  }

  /** Sets the containers; each keeps its source for good. True when that is a change. */
  setTargets(targets: readonly Target[]): boolean {
    const before = this.members.value
    const next = targets.map((target) => ({ source: this.sourceOf(target), target }))
    for (const { source, target } of next) this.targets.set(source, target)
    if (JSON.stringify(before) === JSON.stringify(next)) return false
    this.members.value = next
    return true
  }

  /** Hosts have other ids: the pane shows the same containers under these. The caller sets the targets. */
  moved(ids: FormerIds): void {
    for (const [source, target] of this.targets) this.targets.set(source, onPresentHost(ids, target))
    const before = this.spec.value
    const members = before.members.map((member) =>
      member.kind === 'pattern' ? member : onPresentHost(ids, member),
    )
    if (members.some((member, i) => member !== before.members[i])) this.spec.value = { ...before, members }
  }

  post(command: WithoutPane<PaneCommand>): void {
    this.channel.post({ ...command, pane: this.number } as PaneCommand)
  }

  /** Changes the spec, and with it the address. */
  change(part: Partial<PaneSpec>): void {
    const before = this.spec.value
    this.spec.value = { ...before, ...part }
    if (part.text !== undefined && part.text !== before.text) this.tooSlow.value = null
    const filters = Object.keys(part).some((name) => name !== 'at' && name !== 'members')
    if (filters) this.postFilter()
    this.channel.specChanged()
  }

  /** Hides or shows the rows of one container. */
  mute(source: number, on: boolean): void {
    const muted = new Set(this.muted.value)
    if (on) muted.add(source)
    else muted.delete(source)
    this.muted.value = muted
    this.postFilter()
  }

  /** Stops applying a search pattern, because it hung the worker. */
  disablePattern(): void {
    if (!this.hasPattern) return
    this.tooSlow.value = this.spec.value.text
    this.following.value = true
  }

  /** Whether the search text has a regular expression that is applied. */
  get hasPattern(): boolean {
    const { text, caseSensitive } = this.spec.value
    if (text === this.tooSlow.value) return false
    const query = parseQuery(text, caseSensitive)
    return query !== null && !isBad(query) && query.hasPattern
  }

  /** An open inspector goes to the row that was chosen last. */
  select(part: RowSelection | null): void {
    this.selection.value = part
    if (part !== null && this.inspected.value !== null) this.inspected.value = part.to
  }

  /** Opens the inspector for a row; null closes it. */
  inspect(n: number | null): void {
    this.inspected.value = n
  }

  unfoldAll(on: boolean): void {
    this.unfolded.value = on
    this.post({ type: 'unfold', n: null, open: on })
  }

  setViewport(viewport: Viewport): void {
    this.post({ type: 'viewport', viewport })
  }

  /** Pausing does not change the address: a moment is in it only after a jump. */
  follow(wanted: boolean): void {
    if (this.following.value === wanted) return
    this.following.value = wanted
    if (wanted) {
      this.selection.value = null
      const { at, range } = this.spec.value
      if (range?.until) this.change({ at: null, range: null })
      else if (at !== null) this.change({ at: null })
    }
  }

  /** Goes to the next hit, error, warning or line, loaded or not. Without any hit the pane keeps following. */
  findNext(target: FindTarget, by: 1 | -1): void {
    if (target === 'hit' && (this.spec.value.text === '' || this.hasNoHit())) return
    this.following.value = false
    this.post({ type: 'find-next', target, by, from: this.selection.value?.to ?? null })
  }

  /** Searches the whole log for older lines that the filter shows. A pane that follows would drop them. */
  searchOlder(): void {
    this.following.value = false
    this.post({ type: 'search-older' })
  }

  /** Whether a search runs, or has a result that the reader can go to or close. */
  get isSearching(): boolean {
    const view = this.view.value
    return view !== null && (view.searching || view.sought !== null)
  }

  stopSearch(): void {
    this.post({ type: 'stop-search' })
  }

  goToOldest(): void {
    this.following.value = false
    this.post({ type: 'oldest' })
  }

  jump(time: string): void {
    this.following.value = false
    this.change({ at: time })
    this.post({ type: 'jump', time })
  }

  /** Shows only the lines of a time range, from its beginning; null shows all again. */
  showRange(range: TimeRange | null): void {
    this.change({ range })
    const start = range?.since ?? range?.until
    if (start) this.jump(start)
  }

  /** Shows every line again, without any filter. */
  showAll(): void {
    this.muted.value = new Set()
    this.change({ text: '', only: false, levels: null, stderrOnly: false, range: null })
  }

  /** @param part the rows; null for all shown rows */
  text(format: TextFormat, part: RowSelection | null = null): Promise<ExportedText> {
    return this.channel.text(this.number, part, format)
  }

  /** Whether the whole log is known to have no hit. */
  private hasNoHit(): boolean {
    const view = this.view.value
    if (!view || view.hits?.count !== 0) return false
    return view.whole === null
      ? view.older === 'none'
      : view.whole.state === 'counted' && view.whole.hits === 0
  }

  private postFilter(): void {
    this.post({ type: 'filter', filter: this.filter() })
  }

  private filter(): LogFilterSpec {
    const { levels, stderrOnly, text, caseSensitive, only, range } = this.spec.value
    const applied = text === this.tooSlow.value ? '' : text
    return { levels, muted: [...this.muted.value], stderrOnly, text: applied, caseSensitive, only, range }
  }

  /** A container that was renamed, or that came back under its name, keeps its source. */
  private sourceOf(target: Target): number {
    for (const [source, known] of this.targets) {
      const renamed = target.id !== null && known.id === target.id && known.controller === target.controller
      if (keyOf(known) === keyOf(target) || renamed) return source
    }
    const source = this.sources++
    this.targets.set(source, target)
    return source
  }
}
