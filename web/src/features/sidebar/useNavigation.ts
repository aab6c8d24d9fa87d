import { computed } from 'vue'
import { isConnected } from '../../connection/connectionState'
import { messages } from '../../messages'
import { useRouter } from '../../router/useRouter'
import { useSession } from '../../state/session'
import { useSettings } from '../../settings/settings'
import type { IconName } from '../../ui/Icon.vue'
import { compareNames } from '../../ui/names'
import { rowOf } from '../../state/containers/listRow'
import { detailsPath } from '../../state/containers/paths'
import type { Shape, Tone } from '../../state/containers/displayState'
import { hostOutage, hostNames } from '../../state/containers/hosts'
import { isAdmin, isAuditor, mayReadLogs } from '../../state/containers/rights'
import { printable } from '../../logs/text/plainText'

/** A link of the navigation. */
export interface NavigationItem {
  id: string
  label: string
  path: string
  icon: IconName
  dot?: { tone: Tone; shape: Shape }
  count?: number
  /** Shown next to the label. */
  note?: string
  urgent?: boolean
  here: boolean
}

export interface NavigationGroup {
  title: string | null
  views: NavigationItem[]
}

/** The current navigation, without empty groups. */
export function useNavigation() {
  const session = useSession()
  const settings = useSettings()
  const router = useRouter()

  const rows = computed(() => [...session.fleet.value.containers.values()].map(rowOf))

  /** A path without filters, with the open logs. */
  function path(start: string, query: Record<string, string> = {}): string {
    const kept = new URLSearchParams(query)
    for (const pane of router.queryAll('p')) kept.append('p', pane)
    return kept.size === 0 ? start : `${start}?${kept}`
  }

  function all(): NavigationItem[] {
    const plain =
      router.page === 'list' && router.query('attention') === null && router.query('project') === null
    const urgent = rows.value.filter((row) => row.attention).length
    return [
      {
        id: 'all',
        label: messages.allContainers,
        path: path('/'),
        icon: 'list',
        count: rows.value.length,
        here: plain,
      },
      {
        id: 'attention',
        label: messages.needsAttention,
        path: path('/', { attention: '1' }),
        icon: 'alert',
        count: urgent,
        urgent: urgent > 0,
        here: router.page === 'list' && router.query('attention') !== null,
      },
      ...(mayReadLogs(session.fleet.value) ? [logs()] : []),
      ...(isAdmin(session.fleet.value) ? [hostsPage()] : []),
      ...(isAuditor(session.fleet.value) ? [record()] : []),
    ]
  }

  function logs(): NavigationItem {
    return {
      id: 'logs',
      label: messages.logs,
      path: path('/logs'),
      icon: 'log',
      here: router.page === 'logs',
    }
  }

  function hostsPage(): NavigationItem {
    return {
      id: 'hosts',
      label: messages.hosts,
      path: path('/hosts'),
      icon: 'host',
      here: router.page === 'hosts',
    }
  }

  function record(): NavigationItem {
    return {
      id: 'record',
      label: messages.record,
      path: path('/record'),
      icon: 'record',
      here: router.page === 'record',
    }
  }

  function hosts(): NavigationItem[] {
    return hostNames(session.fleet.value).map((name) => {
      const away = hostOutage(session.fleet.value, name)
      return {
        id: `host-${name}`,
        label: printable(name),
        path: path(`/host/${encodeURIComponent(name)}`),
        icon: 'host',
        dot: away ? { tone: 'neutral', shape: 'hollow' } : { tone: 'ok', shape: 'full' },
        // Without the relay it is unknown.
        ...(away && isConnected(session.connection.value) ? { note: messages.offline } : {}),
        count: rows.value.filter((row) => row.container.controller === name).length,
        here: router.page === 'host' && router.host === name,
      }
    })
  }

  function pinned(): NavigationItem[] {
    return settings.pinned.flatMap((key) => {
      const container = session.fleet.value.containers.get(key)
      if (!container) return []
      const { shown } = rowOf(container)
      const to = detailsPath(container)
      const here =
        router.page === 'container' &&
        (router.container === container.id || router.container === container.name)
      const dot = { tone: shown.tone, shape: shown.shape }
      return [
        {
          id: `pin-${key}`,
          label: printable(container.name),
          path: path(to),
          icon: 'pin' as const,
          dot,
          here,
        },
      ]
    })
  }

  function projects(): NavigationItem[] {
    const counts = new Map<string, number>()
    for (const { container } of rows.value)
      if (container.project) counts.set(container.project, (counts.get(container.project) ?? 0) + 1)
    return [...counts]
      .sort(([a], [b]) => compareNames(a, b))
      .map(([name, count]) => ({
        id: `project-${name}`,
        label: printable(name),
        path: path('/', { project: name }),
        icon: 'project',
        count,
        here: router.page === 'list' && router.query('project') === name,
      }))
  }

  return computed<NavigationGroup[]>(() =>
    [
      { title: null, views: all() },
      { title: messages.hosts, views: hosts() },
      { title: messages.pinned, views: pinned() },
      { title: messages.projects, views: projects() },
    ].filter((group) => group.views.length > 0),
  )
}
