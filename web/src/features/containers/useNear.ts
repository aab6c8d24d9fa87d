import { onBeforeUnmount, shallowReactive, type Ref } from 'vue'

/** How far beyond the edges a row counts as in sight: it is drawn whole by the time it is scrolled to. */
const MARGIN = '250px 0px'

/** Which rows are in sight, or nearly; each row that is drawn follows its own key only. */
export function useNear(root: Ref<HTMLElement | null>) {
  const near = shallowReactive(new Set<string>())
  const keys = new WeakMap<Element, string>()
  let observer: IntersectionObserver | null = null

  function watcher(): IntersectionObserver {
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const key = keys.get(entry.target)
          if (key === undefined) continue
          if (entry.isIntersecting) near.add(key)
          else near.delete(key)
        }
      },
      { root: root.value, rootMargin: MARGIN },
    )
    return observer
  }

  onBeforeUnmount(() => observer?.disconnect())

  function observe(element: HTMLElement, key: string): () => void {
    keys.set(element, key)
    watcher().observe(element)
    return () => {
      watcher().unobserve(element)
      keys.delete(element)
      near.delete(key)
    }
  }

  return { near, observe }
}
