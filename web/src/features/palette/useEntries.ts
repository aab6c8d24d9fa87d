import { computed } from 'vue'
import { useRegistry } from '../../commands/useCommands'
import { isConnected } from '../../connection/connectionState'
import { messages } from '../../messages'
import { usePlace } from '../../place/usePlace'
import type { ActionName, Container } from '../../protocol/types'
import { useSession } from '../../session'
import { rowOf } from '../containers/row'
import { detailsPath } from '../containers/paths'
import { whyNot } from '../containers/permissions'
import type { Entry } from './entries'

const ACTIONS: readonly ActionName[] = ['restart', 'stop', 'start']

/** Everything there is to find: containers, what can be done to them, and commands. */
export function useEntries() {
  const session = useSession()
  const registry = useRegistry()
  const place = usePlace()

  function ofContainer(container: Container): Entry[] {
    const id = `${container.controller}/${container.name}`
    const note = `${rowOf(container).shown.word} · ${container.controller}`
    const entry = (verb: string, run: () => void): Entry => ({
      id: `${verb} ${id}`,
      title: `${verb} ${container.name}`,
      note: container.controller,
      offered: false,
      run,
    })
    return [
      { id, title: container.name, note, offered: true, run: () => place.go(detailsPath(container)) },
      entry('Log of', () => session.openLog(container)),
      ...ACTIONS.map((action) => ({
        ...entry(messages.action[action], () => session.actions.request([container], action, true)),
        acts: true,
        disabledBecause: whyNot(container, action, isConnected(session.link.value)),
      })),
    ]
  }

  const commands = computed<Entry[]>(() => {
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

  return computed<Entry[]>(() => {
    const containers = [...session.fleet.value.containers.values()]
    const troubled = containers.sort((a, b) => Number(rowOf(b).attention) - Number(rowOf(a).attention))
    const few = troubled.slice(0, 8).flatMap(ofContainer)
    const rest = troubled.slice(8).flatMap(ofContainer)
    return [...few, ...commands.value, ...rest]
  })
}
