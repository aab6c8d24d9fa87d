import { computed } from 'vue'
import { isConnected } from '../../connection/connectionState'
import { messages } from '../../messages'
import { usePlace } from '../../place/usePlace'
import { useSession } from '../../session'
import { useSettings } from '../../settings/settings'
import type { IconName } from '../../ui/Icon.vue'
import { compareNames } from '../../ui/names'
import { rowOf } from '../containers/row'
import { detailsPath } from '../containers/paths'
import type { Shape, Tone } from '../containers/state'
import { hostAway, hostNames } from '../status/hosts'

/** One way to look at the containers. */
export interface View {
  id: string
  label: string
  path: string
  icon: IconName
  dot?: { tone: Tone; shape: Shape }
  count?: number
  /** Beside the label, when there is something to say. */
  note?: string
  urgent?: boolean
  here: boolean
}

export interface ViewGroup {
  title: string | null
  views: View[]
}

/** Every view of the side, as things are now; empty groups are left out. */
export function useViews() {
  const session = useSession()
  const settings = useSettings()
  const place = usePlace()

  const rows = computed(() => [...session.fleet.value.containers.values()].map(rowOf))

  /** To a view with nothing filtered, and the open logs kept. */
  function path(start: string, query: Record<string, string> = {}): string {
    const kept = new URLSearchParams(query)
    for (const pane of place.queryAll('p')) kept.append('p', pane)
    return kept.size === 0 ? start : `${start}?${kept}`
  }

  function all(): View[] {
    const plain =
      place.page === 'list' && place.query('attention') === null && place.query('project') === null
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
        here: place.page === 'list' && place.query('attention') !== null,
      },
    ]
  }

  function hosts(): View[] {
    return hostNames(session.fleet.value).map((name) => {
      const away = hostAway(session.fleet.value, name)
      return {
        id: `host-${name}`,
        label: name,
        path: path(`/host/${encodeURIComponent(name)}`),
        icon: 'host',
        dot: away ? { tone: 'neutral', shape: 'hollow' } : { tone: 'ok', shape: 'full' },
        // Without the relay nobody knows.
        ...(away && isConnected(session.link.value) ? { note: messages.offline } : {}),
        count: rows.value.filter((row) => row.container.controller === name).length,
        here: place.page === 'host' && place.host === name,
      }
    })
  }

  function pinned(): View[] {
    return settings.pinned.flatMap((key) => {
      const container = session.fleet.value.containers.get(key)
      if (!container) return []
      const { shown } = rowOf(container)
      const to = detailsPath(container)
      const here =
        place.page === 'container' && (place.container === container.id || place.container === container.name)
      const dot = { tone: shown.tone, shape: shown.shape }
      return [{ id: `pin-${key}`, label: container.name, path: path(to), icon: 'pin' as const, dot, here }]
    })
  }

  function projects(): View[] {
    const counts = new Map<string, number>()
    for (const { container } of rows.value)
      if (container.project) counts.set(container.project, (counts.get(container.project) ?? 0) + 1)
    return [...counts]
      .sort(([a], [b]) => compareNames(a, b))
      .map(([name, count]) => ({
        id: `project-${name}`,
        label: name,
        path: path('/', { project: name }),
        icon: 'project',
        count,
        here: place.page === 'list' && place.query('project') === name,
      }))
  }

  return computed<ViewGroup[]>(() =>
    [
      { title: null, views: all() },
      { title: messages.hosts, views: hosts() },
      { title: messages.pinned, views: pinned() },
      { title: messages.projects, views: projects() },
    ].filter((group) => group.views.length > 0),
  )
}
