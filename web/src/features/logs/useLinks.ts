import { usePlace } from '../../place/usePlace'
import type { PagePane } from './pagePane'
import { writeSpec } from './paneSpec'

/** Links that open a pane as it is, standing still at a line. */
export function useLinks(): (pane: PagePane, time: string) => string {
  const place = usePlace()
  return (pane, time) => {
    const query = new URLSearchParams({ p: writeSpec({ ...pane.spec.value, at: time }) })
    return place.href(`/logs?${query}`)
  }
}
