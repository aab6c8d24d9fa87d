import { inject, type InjectionKey, type Ref } from 'vue'
import type { ActionName } from '../../protocol/types'
import type { ProjectGroup } from './listing'
import type { OptionalColumn } from '../../settings/settings'
import type { ListRow } from '../../state/containers/listRow'
import type { Outcome } from '../../state/containers/outcomes'

/** A project on one host, or on all of them. */
export type ProjectPlace = Pick<ProjectGroup, 'project'> & { controller: string | null }

/** What all rows of the list share: page state that they show, and the actions in them. */
export interface ListContext {
  connected: Readonly<Ref<boolean>>
  /** The optional columns that are shown. */
  columns: Readonly<Ref<ReadonlySet<OptionalColumn>>>
  selection: Readonly<Ref<ReadonlySet<string>>>
  /** Keys of containers whose log is open. */
  logKeys: Readonly<Ref<ReadonlySet<string>>>
  outcome(key: string): Outcome | null
  act(row: ListRow, action: ActionName): void
  dismiss(key: string): void
  openLog(row: ListRow): void
  openDetails(row: ListRow): void
  detailsHref(row: ListRow): string
  toggle(row: ListRow, range: boolean): void
  /** Selects all shown containers, or none when all are selected. */
  toggleAll(): void
  menuOf(row: ListRow, anchor: HTMLElement): void
  projectMenu(group: ProjectPlace, anchor: HTMLElement): void
}

export const listKey: InjectionKey<ListContext> = Symbol('list')

export function useList(): ListContext {
  const list = inject(listKey)
  if (!list) throw new Error('no list was provided')
  return list
}
