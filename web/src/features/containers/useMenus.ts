import { shallowRef } from 'vue'
import { messages } from '../../messages'
import { useRouter } from '../../router/useRouter'
import type { ActionName, Container, StateAction } from '../../protocol/types'
import { useSession } from '../../state/session'
import { useSettings } from '../../settings/settings'
import type { MenuItem } from '../../ui/Menu.vue'
import { batchOf } from '../../state/containers/containerActions'
import { keyOf } from '../../state/containers/containerList'
import type { Fleet } from '../../state/containers/fleet'
import { refusal } from '../../state/containers/rights'
import type { ProjectPlace } from './listContext'
import type { ListRow } from '../../state/containers/listRow'
import { printable } from '../../logs/text/plainText'

export interface OpenMenu {
  anchor: HTMLElement
  label: string
  items: MenuItem[]
}

const ACTIONS: readonly StateAction[] = ['start', 'stop', 'restart']

/** The menus of rows and projects; at most one is open. */
export function useMenus(
  connected: () => boolean,
  select: (key: string) => void,
  open: (row: ListRow) => void,
) {
  const session = useSession()
  const settings = useSettings()
  const router = useRouter()
  const menu = shallowRef<OpenMenu | null>(null)

  function ofRow(row: ListRow, anchor: HTMLElement): void {
    const { container, key } = row
    const target = { controller: container.controller, name: container.name, id: container.id }
    const noLog = refusal(session.fleet.value, container, 'logs')
    const isPinned = settings.pinned.includes(key)
    const items: MenuItem[] = [
      {
        id: 'details',
        label: messages.details,
        icon: 'details',
        run: () => open(row),
      },
      {
        id: 'log',
        label: messages.openLog,
        icon: 'log',
        disabledBecause: noLog,
        run: () => session.openLog(target),
      },
      {
        id: 'beside',
        label: messages.openBeside,
        icon: 'beside',
        disabledBecause: noLog,
        run: () => session.openLog(target, 'beside'),
      },
      ...actions([container], (action) => messages.action[action]),
      {
        id: 'pin',
        label: isPinned ? messages.unpin : messages.pin,
        icon: 'pin',
        divided: true,
        run: () => togglePin(key),
      },
      { id: 'select', label: messages.select, icon: 'check', run: () => select(key) },
      { id: 'copy-name', label: messages.copyName, icon: 'copy', run: () => copy(container.full_name) },
    ]
    if (container.id !== null)
      items.push({ id: 'copy-id', label: messages.copyId, icon: 'copy', run: () => copy(container.id!) })
    menu.value = { anchor, label: messages.moreOf(printable(container.name)), items }
  }

  function ofProject(group: ProjectPlace, anchor: HTMLElement): void {
    const project = group.project ?? ''
    const name = printable(project)
    const members = [...session.fleet.value.containers.values()].filter(
      (one) =>
        (group.controller === null || one.controller === group.controller) && one.project === group.project,
    )
    menu.value = {
      anchor,
      label: messages.moreOf(name),
      items: [
        {
          id: 'log',
          label: messages.logsOf(name),
          icon: 'log',
          disabledBecause: noLogOf(session.fleet.value, members),
          run: () => session.openProjectLog({ project, controller: group.controller }),
        },
        ...actions(members, (action) => messages.allOf(action, name)),
        {
          id: 'only',
          label: messages.onlyThis,
          icon: 'search',
          divided: true,
          run: () => router.setQuery({ project }, 'push'),
        },
        {
          id: 'select',
          label: messages.select,
          icon: 'check',
          run: () => members.forEach((one) => select(keyOf(one))),
        },
      ],
    }
  }

  function actions(containers: readonly Container[], label: (action: ActionName) => string): MenuItem[] {
    return ACTIONS.map((action, i) => {
      const { able, unable } = batchOf(containers, action, connected())
      return {
        id: action,
        label: label(action),
        icon: action,
        divided: i === 0,
        disabledBecause: able.length > 0 ? null : (unable[0]?.why ?? messages.noContainer),
        run: () => session.actions.request(containers, action),
      }
    })
  }

  function togglePin(key: string): void {
    const { pinned } = settings
    settings.pinned = pinned.includes(key) ? pinned.filter((other) => other !== key) : [...pinned, key]
  }

  return { menu, ofRow, ofProject, close: () => (menu.value = null) }
}

/** Null if at least one log can be opened. */
function noLogOf(fleet: Fleet, members: readonly Container[]): string | null {
  const refusals = members.map((one) => refusal(fleet, one, 'logs'))
  return refusals.includes(null) ? null : (refusals[0] ?? null)
}

function copy(text: string): void {
  void navigator.clipboard?.writeText(text)
}
