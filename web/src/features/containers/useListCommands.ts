import { computed, type Ref } from 'vue'
import { useCommands, type Command } from '../../commands/useCommands'
import { messages } from '../../messages'
import type { ActionName } from '../../protocol/types'
import { useSession } from '../../state/session'
import type { ListFilter } from './listFilter'
import type { ListRow } from '../../state/containers/listRow'
import { startOrStop } from '../../state/containers/permissions'
import { refusal } from '../../state/containers/rights'
import type { StateKind } from '../../state/containers/displayState'
import { printable } from '../../logs/text/plainText'

interface List {
  rows: Ref<readonly ListRow[]>
  selection: {
    selection: Ref<ReadonlySet<string>>
    toggle(key: string): void
    set(keys: string[]): void
    clear(): void
  }
  /** Focuses a row, even one that is not rendered. */
  focus(key: string): unknown
  open(row: ListRow): void
  choose(kind: StateKind | null): void
  clear(): void
  filter: Ref<ListFilter>
}

const CHIPS: [StateKind | null, string][] = [
  [null, 'All states'],
  ['running', 'Running only'],
  ['unhealthy', 'Unhealthy only'],
  ['restarting', 'Restarting only'],
  ['stopped', 'Stopped only'],
]

/** The commands of the list. */
export function useListCommands({ rows, selection, focus, open, choose, clear, filter }: List): void {
  const session = useSession()
  const byKey = computed(() => new Map(rows.value.map((row) => [row.key, row])))

  const here = () => byKey.value.get(focusedRow()?.dataset.key ?? '') ?? null
  const onRow = () => here() !== null
  const act = (action: ActionName) =>
    session.actions.request([here()!.container], action, { confirmed: true })
  const row = (id: string, title: string, keys: string[], run: (row: ListRow) => void): Command => ({
    id,
    title,
    group: 'List',
    keys,
    when: onRow,
    palette: false,
    run: () => run(here()!),
  })

  function step(by: 1 | -1): void {
    const at = rows.value.findIndex((one) => one.key === here()?.key)
    const next = rows.value[at < 0 ? (by > 0 ? 0 : rows.value.length - 1) : at + by]
    if (next) void focus(next.key)
  }

  function openLog({ container }: ListRow, how: 'alone' | 'beside'): void {
    if (refusal(session.fleet.value, container, 'logs') === null) session.openLog(container, how)
  }

  useCommands(() => [
    {
      id: 'row-next',
      title: 'Next container',
      group: 'List',
      keys: ['j', 'ArrowDown'],
      when: listHasKeys,
      palette: false,
      run: () => step(1),
    },
    {
      id: 'row-previous',
      title: 'Previous container',
      group: 'List',
      keys: ['k', 'ArrowUp'],
      when: listHasKeys,
      palette: false,
      run: () => step(-1),
    },
    row('row-details', 'Open container', ['Enter', 'd'], (one) => open(one)),
    row('row-log', messages.openLog, ['l'], (one) => openLog(one, 'alone')),
    row('row-log-beside', messages.openBeside, ['L', 'Shift+Enter'], (one) => openLog(one, 'beside')),
    row('row-select', 'Select', ['x'], (one) => selection.toggle(one.key)),
    {
      ...row('row-restart', 'Restart (press twice)', ['r'], () => act('restart')),
      confirm: () => messages.pressAgain('r', 'restart', printable(here()!.container.name)),
    },
    {
      ...row('row-start-stop', 'Start or stop (press twice)', ['s'], (one) =>
        act(startOrStop(one.container)),
      ),
      confirm: () =>
        messages.pressAgain('s', startOrStop(here()!.container), printable(here()!.container.name)),
    },
    ...CHIPS.map(([kind, title], i) => ({
      id: `chip-${kind ?? 'all'}`,
      title,
      group: 'List',
      keys: [String(i + 1)],
      run: () => choose(kind),
    })),
    {
      id: 'select-all',
      title: messages.selectAll,
      group: 'List',
      keys: ['X'],
      run: () => selection.set(rows.value.map((one) => one.key)),
    },
    {
      id: 'clear-selection',
      title: messages.clearSelection,
      group: 'List',
      keys: ['Escape'],
      priority: 50,
      palette: false,
      when: () => selection.selection.value.size > 0,
      run: selection.clear,
    },
    {
      id: 'clear-filters',
      title: messages.clearFilter,
      group: 'List',
      keys: ['Escape'],
      priority: 20,
      when: () => filter.value.text !== '' || filter.value.kind !== null || filter.value.project !== null,
      run: clear,
    },
  ])
}

/** The arrow keys move in the list unless the focus is elsewhere. */
function listHasKeys(): boolean {
  const focused = document.activeElement
  return focused === null || focused === document.body || focused.closest('[data-testid=list]') !== null
}

function focusedRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('[data-testid=container-row]') ?? null
}
