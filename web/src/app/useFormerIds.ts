import { watchEffect } from 'vue'
import { useRouter } from '../router/useRouter'
import { useSettings } from '../settings/settings'
import { presentKey } from '../state/containers/formerIds'
import { useSession } from '../state/session'

/** Leads an address and pins that name a host by an id that it had before to its present one. */
export function useFormerIds(): void {
  const session = useSession()
  const router = useRouter()
  const settings = useSettings()
  watchEffect(() => {
    const { former } = session.fleet.value
    const host = router.host === null ? undefined : former.get(router.host)
    if (host !== undefined) router.renameHost(host)
    const pinned = [...new Set(settings.pinned.map((key) => presentKey(former, key)))]
    if (pinned.some((key, i) => key !== settings.pinned[i])) settings.pinned = pinned
  })
}
