import { inject, type InjectionKey, type Ref } from 'vue'
import type { ActionName } from '../../protocol/types'
import type { Group, Row } from './listing'
import type { Outcome } from './outcomes'

/** What the rows of the list share: what they show of the page's state, and what a person can do in them. */
export interface ListContext {
  connected: Readonly<Ref<boolean>>
  selection: Readonly<Ref<ReadonlySet<string>>>
  /** Keys of containers whose log is open. */
  logKeys: Readonly<Ref<ReadonlySet<string>>>
  outcome(key: string): Outcome | null
  act(row: Row, action: ActionName): void
  dismiss(key: string): void
  openLog(row: Row): void
  openDetails(row: Row): void
  detailsHref(row: Row): string
  toggle(row: Row, range: boolean): void
  menuOf(row: Row, anchor: HTMLElement): void
  projectMenu(group: Group, anchor: HTMLElement): void
}

export const listKey: InjectionKey<ListContext> = Symbol('list')

export function useList(): ListContext {
  const list = inject(listKey)
  if (!list) throw new Error('no list was provided')
  return list
}
