import { onBeforeUnmount, watchEffect } from 'vue'
import { useSession } from '../state/session'

/** Has the load of these containers collected for as long as the component is there; the keys may change. */
export function useWatchedLoad(keys: () => Iterable<string>): void {
  const watching = useSession().load.watch()
  watchEffect(() => watching.keys(keys()))
  onBeforeUnmount(() => watching.release())
}
