import { computed, nextTick, onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'
import { useSettings } from '../../settings/settings'
import { useIsPhone } from '../../ui/useMedia'
import type { ListItem } from './listItems'
import { listHeights } from './listHeights'
import { growRange, visibleRange, scrollToReveal, topsOf, type IndexRange } from './layout'

/** A list up to this size is rendered completely, so that the browser's search finds everything. */
const WHOLE = 80
/** Items up to this far outside the edges are rendered too, in px. */
const MARGIN = 320
/** Items are added and removed in groups of this size. */
const STEP = 4
/** At most this many new items are rendered per frame, so that the page stays responsive. */
const MAX_PER_FRAME = 12
/** The height of a failure until it is measured. */
const FAILURE_HEIGHT = 37

/** A rendered item and its position. */
export interface PlacedItem {
  item: ListItem
  index: number
  top: number
  height: number
}

export type RowWindow = ReturnType<typeof useRowWindow>

/**
 * Which items of the list are rendered: those in sight and a few around them, and the focused one. Each has an absolute
 * position, so that a change of one item causes no layout of the others. Lives as long as the list's page.
 */
export function useRowWindow(scroller: Ref<HTMLElement | null>, items: Ref<readonly ListItem[]>) {
  const settings = useSettings()
  const phone = useIsPhone()
  const sight = shallowRef({ top: 0, height: 0 })
  const measured = shallowRef<ReadonlyMap<string, number>>(new Map())
  const focused = shallowRef<string | null>(null)

  const heights = computed(() => listHeights(settings.density, phone.value))
  const tops = computed(() => topsOf(items.value.map(heightOf)))
  const indexes = computed(() => new Map(items.value.map((item, i) => [item.key, i])))
  const seen = computed(() => {
    const top = sight.value.top - heights.value.columns
    return {
      ...visibleRange(tops.value, top - MARGIN, top + sight.value.height + MARGIN),
      from: firstAt(top),
    }
  })
  const whole = computed(() => items.value.length <= WHOLE)
  const first = computed(() => (whole.value ? 0 : seen.value.first - (seen.value.first % STEP)))
  const end = computed(() =>
    Math.min(items.value.length, whole.value ? WHOLE : Math.ceil(seen.value.end / STEP) * STEP),
  )
  const range = shallowRef<IndexRange>({ first: 0, end: 0 })
  let next = 0
  watch([first, end], draw, { immediate: true })

  function firstAt(top: number): number {
    return visibleRange(tops.value, top, top).first
  }

  function draw(): void {
    cancelAnimationFrame(next)
    const goal = { first: first.value, end: end.value }
    range.value = growRange(range.value, goal, seen.value.from, MAX_PER_FRAME)
    const there = range.value.first === goal.first && range.value.end === goal.end
    if (!there) next = requestAnimationFrame(draw)
  }

  const drawn = computed(() => {
    const { first, end } = range.value
    const places = items.value.slice(first, end).map((_, i) => placed(first + i))
    const held = indexes.value.get(focused.value ?? '')
    if (held === undefined || (held >= first && held < end)) return places
    return held < first ? [placed(held), ...places] : [...places, placed(held)]
  })

  function heightOf(item: ListItem): number {
    if (item.kind === 'row') return heights.value.row
    if (item.kind === 'trouble') return measured.value.get(item.key) ?? FAILURE_HEIGHT
    return heights.value.group
  }

  function placed(index: number): PlacedItem {
    const top = tops.value[index]!
    return { item: items.value[index]!, index, top, height: tops.value[index + 1]! - top }
  }

  function look(): void {
    const { scrollTop: top, clientHeight: height } = scroller.value ?? { scrollTop: 0, clientHeight: 0 }
    const before = sight.value
    if (top !== before.top || height !== before.height) sight.value = { top, height }
  }

  const resized = new ResizeObserver(look)
  watch(scroller, (element) => {
    resized.disconnect()
    if (element) resized.observe(element)
    look()
  })
  onBeforeUnmount(() => {
    resized.disconnect()
    cancelAnimationFrame(next)
  })

  /** Scrolls an item into sight. */
  function show(key: string): void {
    const index = indexes.value.get(key)
    const element = scroller.value
    if (index === undefined || element === null) return
    const { columns } = heights.value
    const { top, height } = placed(index)
    const edges = { top: columns + top, bottom: columns + top + height }
    element.scrollTop = scrollToReveal(
      edges,
      { top: element.scrollTop, height: element.clientHeight },
      columns,
    )
    look()
  }

  /**
   * Focuses a container's row, even one that is not rendered.
   *
   * @param wanted asked when the row is there; the focus can have gone elsewhere until then
   */
  async function focus(key: string, wanted = () => true): Promise<void> {
    show(key)
    focused.value = key
    await nextTick()
    const row = scroller.value?.querySelector(`[data-key="${CSS.escape(key)}"] [data-testid=open-details]`)
    if (row instanceof HTMLElement && wanted()) row.focus({ preventScroll: true })
  }

  return {
    heights,
    drawn,
    count: computed(() => items.value.length),
    rowCount: computed(() => items.value.filter(({ kind }) => kind === 'row').length),
    height: computed(() => tops.value.at(-1)!),
    /** Keys of the rendered containers. */
    keys: computed(() => drawn.value.flatMap(({ item }) => (item.kind === 'row' ? [item.key] : []))),
    look,
    show,
    focus,
    measure(key: string, height: number) {
      if (height > 0) measured.value = new Map(measured.value).set(key, height)
    },
    held(key: string | null) {
      focused.value = key
    },
  }
}
