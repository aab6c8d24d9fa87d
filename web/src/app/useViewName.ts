import { computed, shallowRef, watchEffect, type ComputedRef } from 'vue'
import { messages } from '../messages'
import { useRouter } from '../router/useRouter'
import { containerAt, isAt } from '../state/containers/paths'
import type { MemberSpec } from '../state/logs/paneSpec'
import { useSession } from '../state/session'
import { printable } from '../logs/text/plainText'

/** What the open view shows, for the browser tab: a container, host, project or log; null for the whole list. */
export function useViewName(): ComputedRef<string | null> {
  const session = useSession()
  const router = useRouter()

  /** The container that was shown last; after its removal only this page knows its name. */
  const last = shallowRef<ReturnType<typeof containerAt>>(null)
  watchEffect(() => {
    const container = containerAt(session.fleet.value, router.host, router.container)
    if (container) last.value = container
  })

  function ofContainer(): string | null {
    const here = last.value !== null && isAt(last.value, router.host, router.container)
    return here ? last.value!.name : router.container
  }

  function ofLogs(): string {
    const names = session.logs.panes.flatMap((pane) => pane.spec.value.members.map(nameOf))
    return names.length === 0 ? messages.logs : names.join(', ')
  }

  const name = computed(() => {
    switch (router.page) {
      case 'host':
        return router.host
      case 'container':
        return ofContainer()
      case 'logs':
        return ofLogs()
      case 'unknown':
        return messages.unknownAddress
      case 'record':
        return messages.record
      case 'hosts':
        return messages.hosts
      case 'settings':
        return messages.settings
      case 'tokens':
        return messages.tokens
      default:
        return router.query('attention') === null ? router.query('project') : messages.needsAttention
    }
  })
  return computed(() => (name.value === null ? null : printable(name.value)))
}

function nameOf(member: MemberSpec): string {
  switch (member.kind) {
    case 'container':
      return member.name
    case 'project':
      return member.project
    case 'pattern':
      return member.pattern
  }
}
