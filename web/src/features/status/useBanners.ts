import { computed, ref, watch } from 'vue'
import type { Session } from '../../state/session'
import { BACK_ONLINE, banners, OUTDATED, type Banner } from './banners'

const BACK_SHOWN_MS = 2000

/** The current banners; after an outage that was shown, a banner that it is over. */
export function useBanners(session: Session) {
  const backSince = ref<number | null>(null)
  const trouble = computed(() =>
    banners(session.connection.value, session.fleet.value, {
      now: session.now.value,
      skew: session.skew.value,
    }),
  )
  const relayAway = computed(() => trouble.value.some((banner) => banner.id === 'relay'))
  watch(relayAway, (away, wasAway) => {
    backSince.value = wasAway && !away ? session.now.value : null
  })
  return computed<Banner[]>(() => {
    const back = backSince.value !== null && session.now.value - backSince.value < BACK_SHOWN_MS
    const outdated = session.outdated.value ? [OUTDATED] : []
    return [...(back ? [BACK_ONLINE] : []), ...trouble.value, ...outdated]
  })
}
