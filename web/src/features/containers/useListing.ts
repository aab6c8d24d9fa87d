import { computed, ref, type Ref } from 'vue'
import { usePlace } from '../../place/usePlace'
import { useSession } from '../../session'
import type { Filter } from './filter'
import { listing, type Grouping } from './listing'
import { comparing, frozen, parseOrder, pressed, writeOrder, type SortBy } from './order'
import type { Kind } from './state'

const KINDS: readonly string[] = ['running', 'unhealthy', 'restarting', 'paused', 'stopped', 'unknown']

/** The list as the address asks for it; `settled` is false while rows must not move under a pointer. */
export function useListing(hovered: Ref<boolean>) {
  const place = usePlace()
  const session = useSession()

  const filter = computed<Filter>(() => {
    const kind = place.query('state') ?? ''
    return {
      text: place.query('q') ?? '',
      kind: KINDS.includes(kind) ? (kind as Kind) : null,
      attention: place.query('attention') !== null,
      host: place.page === 'host' ? place.host : null,
      project: place.query('project'),
    }
  })
  const grouping = computed<Grouping>(() => {
    const asked = place.query('group')
    return asked === 'host' || asked === 'none' ? asked : 'project'
  })
  const order = computed(() => parseOrder(place.query('sort')))

  const places = ref<ReadonlyMap<string, number>>(new Map())
  const compare = computed(() => {
    const byLoad = order.value.by === 'cpu' || order.value.by === 'memory'
    if (byLoad) void session.load.samples.value
    const now = comparing(order.value, (key) => session.load.of(key).series.last)
    return hovered.value && places.value.size > 0 ? frozen(places.value, now) : now
  })
  const shown = computed(() => listing(session.fleet.value, filter.value, grouping.value, compare.value))

  /** Called when a pointer comes: what is where it is now stays there. */
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
    choose: (kind: Kind | null) => place.setQuery({ state: kind }),
    group: (by: Grouping) => place.setQuery({ group: by === 'project' ? null : by }),
    sort(by: SortBy) {
      places.value = new Map()
      place.setQuery({ sort: writeOrder(pressed(order.value, by)) })
    },
    clear: () => place.setQuery({ q: null, state: null, attention: null, project: null }),
  }
}
