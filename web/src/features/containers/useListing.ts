import { computed, ref, type Ref } from 'vue'
import { useRouter } from '../../router/useRouter'
import { useSession } from '../../state/session'
import type { ListFilter } from './listFilter'
import { formatGrouping, parseGrouping, type Grouping } from './grouping'
import { buildListing } from './listing'
import { comparator, frozenOrder, parseOrder, nextOrder, formatOrder, type SortBy } from './sorting'
import type { StateKind } from '../../state/containers/displayState'

const KINDS: readonly string[] = ['running', 'unhealthy', 'restarting', 'paused', 'stopped', 'unknown']

/** The list as the route describes it. While the pointer is over it, rows keep their places. */
export function useListing(hovered: Ref<boolean>) {
  const router = useRouter()
  const session = useSession()

  const filter = computed<ListFilter>(() => {
    const kind = router.query('state') ?? ''
    return {
      text: router.query('q') ?? '',
      kind: KINDS.includes(kind) ? (kind as StateKind) : null,
      attention: router.query('attention') !== null,
      host: router.page === 'host' ? router.host : null,
      project: router.query('project'),
      labels: router.queryAll('label'),
    }
  })
  const grouping = computed<Grouping>(() => parseGrouping(router.query('group')))
  const order = computed(() => parseOrder(router.query('sort')))

  const places = ref<ReadonlyMap<string, number>>(new Map())
  const compare = computed(() => {
    const byLoad = order.value.by === 'cpu' || order.value.by === 'memory'
    if (byLoad) void session.load.samples.value
    const now = comparator(order.value, (key) => session.load.of(key).series.newest)
    return hovered.value && places.value.size > 0 ? frozenOrder(places.value, now) : now
  })
  const shown = computed(() => buildListing(session.fleet.value, filter.value, grouping.value, compare.value))

  /** The pointer enters the list: rows stay where they are. */
  function freeze(): void {
    places.value = new Map(shown.value.rows.map((row, i) => [row.key, i]))
    hovered.value = true
  }

  function thaw(): void {
    hovered.value = false
  }

  return {
    filter,
    grouping,
    order,
    shown,
    freeze,
    thaw,
    choose: (kind: StateKind | null) => router.setQuery({ state: kind }),
    group: (by: Grouping) => router.setQuery({ group: formatGrouping(by) }),
    /** Adds a label to the filter, or removes it. */
    label(one: string) {
      const { labels } = filter.value
      router.setQuery({
        label: labels.includes(one) ? labels.filter((other) => other !== one) : [...labels, one],
      })
    },
    sort(by: SortBy) {
      places.value = new Map()
      router.setQuery({ sort: formatOrder(nextOrder(order.value, by)) })
    },
    clear: () => router.setQuery({ q: null, state: null, attention: null, project: null, label: null }),
  }
}
