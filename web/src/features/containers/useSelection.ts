import { computed, shallowRef, type Ref } from 'vue'
import type { ListRow } from '../../state/containers/listRow'

/** The selected rows. A container that is removed leaves the selection. */
export function useSelection(rows: Ref<readonly ListRow[]>, all: Ref<ReadonlyMap<string, unknown>>) {
  const chosen = shallowRef<ReadonlySet<string>>(new Set())
  let last: string | null = null

  const selection = computed<ReadonlySet<string>>(() => {
    const there = [...chosen.value].filter((key) => all.value.has(key))
    return there.length === chosen.value.size ? chosen.value : new Set(there)
  })

  /** @param range true: all rows from the last toggled one to this one, in display order */
  function toggle(key: string, range = false): void {
    const next = new Set(selection.value)
    const on = !next.has(key)
    for (const one of range ? between(last ?? key, key) : [key]) {
      if (on) next.add(one)
      else next.delete(one)
    }
    last = key
    chosen.value = next
  }

  function between(from: string, to: string): string[] {
    const keys = rows.value.map((row) => row.key)
    const [a, b] = [keys.indexOf(from), keys.indexOf(to)].sort((x, y) => x - y)
    return a! < 0 ? [to] : keys.slice(a, b! + 1)
  }

  function set(keys: Iterable<string>): void {
    chosen.value = new Set(keys)
  }

  return { selection, toggle, set, clear: () => set([]) }
}
