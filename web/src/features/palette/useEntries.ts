import { computed } from 'vue'
import { useRegistry } from '../../commands/useCommands'
import { isConnected } from '../../connection/connectionState'
import { messages } from '../../messages'
import { useRouter } from '../../router/useRouter'
import type { ActionName, Container } from '../../protocol/types'
import { useSession } from '../../state/session'
import { rowOf } from '../../state/containers/listRow'
import { detailsPath } from '../../state/containers/paths'
import { disabledReason } from '../../state/containers/permissions'
import { refusal } from '../../state/containers/rights'
import type { PaletteEntry } from './entries'
import { printable } from '../../logs/text/plainText'

const ACTIONS: readonly ActionName[] = ['restart', 'stop', 'start']

/** All entries: containers, their actions, and commands. */
export function useEntries() {
  const session = useSession()
  const registry = useRegistry()
  const router = useRouter()

  function ofContainer(container: Container): PaletteEntry[] {
    const id = `${container.controller}/${container.name}`
    const name = printable(container.name)
    const controller = printable(container.controller)
    const note = `${rowOf(container).shown.word} · ${controller}`
    const entry = (verb: string, run: () => void): PaletteEntry => ({
      id: `${verb} ${id}`,
      title: `${verb} ${name}`,
      note: controller,
      offered: false,
      run,
    })
    return [
      { id, title: name, note, offered: true, run: () => router.go(detailsPath(container)) },
      {
        ...entry('Log of', () => session.openLog(container)),
        disabledBecause: refusal(session.fleet.value, container, 'logs'),
      },
      ...ACTIONS.map((action) => ({
        ...entry(messages.action[action], () =>
          session.actions.request([container], action, { announce: true, confirmed: true }),
        ),
        acts: true,
        disabledBecause: disabledReason(container, action, isConnected(session.connection.value)),
      })),
    ]
  }

  const commands = computed<PaletteEntry[]>(() => {
    void registry.version.value
    return registry
      .possible()
      .filter((command) => command.palette !== false && command.scope !== 'logs')
      .map(({ id, title, group, keys, run }) => ({
        id,
        title,
        note: group,
        offered: true,
        keys: keys ?? [],
        run,
      }))
  })

  return computed<PaletteEntry[]>(() => {
    const containers = [...session.fleet.value.containers.values()]
    const sorted = containers.sort((a, b) => Number(rowOf(b).attention) - Number(rowOf(a).attention))
    const few = sorted.slice(0, 8).flatMap(ofContainer)
    const rest = sorted.slice(8).flatMap(ofContainer)
    return [...few, ...commands.value, ...rest]
  })
}
