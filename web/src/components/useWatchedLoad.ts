import { onBeforeUnmount, watchEffect } from 'vue'
import { useSession } from '../state/session'

/** Subscribes to the load of containers while the component exists; the keys may change. */
export function useWatchedLoad(keys: () => Iterable<string>): void {
  const watching = useSession().load.watch()
  watchEffect(() => watching.keys(keys()))
  onBeforeUnmount(() => watching.release())
}
