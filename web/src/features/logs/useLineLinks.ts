import { useRouter } from '../../router/useRouter'
import type { PagePane } from '../../state/logs/pagePane'
import { writeSpec } from '../../state/logs/paneSpec'

/** Makes links that open a pane as it is, at the time of a line. */
export function useLineLinks(): (pane: PagePane, time: string) => string {
  const router = useRouter()
  return (pane, time) => {
    const query = new URLSearchParams({ p: writeSpec({ ...pane.spec.value, at: time }) })
    return router.href(`/logs?${query}`)
  }
}
