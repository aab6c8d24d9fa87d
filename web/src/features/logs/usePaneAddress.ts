import { onMounted, watch } from 'vue'
import { usePlace } from '../../place/usePlace'
import { useSession } from '../../session'

/** Keeps the open panes and the address's `p` the same, whichever of the two changes. */
export function usePaneAddress(): void {
  const place = usePlace()
  const { logs } = useSession()
  const named = () => place.queryAll('p')
  onMounted(() => {
    if (named().length > 0) logs.restore(named())
  })
  watch(logs.params, (params) => place.setQuery({ p: params.length > 0 ? params : null }), { flush: 'post' })
  watch(named, (params) => logs.restore(params), { flush: 'post' })
}
