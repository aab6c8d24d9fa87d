import { onMounted, watch } from 'vue'
import { useRouter } from '../../router/useRouter'
import { useSession } from '../../state/session'

/** Keeps the open panes and `p` in the address in sync, whichever changes. */
export function usePaneAddress(): void {
  const router = useRouter()
  const { logs } = useSession()
  const named = () => router.queryAll('p')
  onMounted(() => {
    if (named().length > 0) logs.restore(named())
  })
  watch(logs.params, (params) => router.setQuery({ p: params.length > 0 ? params : null }), { flush: 'post' })
  watch(named, (params) => logs.restore(params), { flush: 'post' })
}
