import { computed, nextTick, onBeforeUnmount, shallowRef, watch, type Ref } from 'vue'
import { useSettings } from '../../settings/settings'
import { useIsPhone } from '../../ui/useMedia'
import type { ListItem } from './listItems'
import { listHeights } from './listHeights'
import { growRange, visibleRange, scrollToReveal, topsOf, type IndexRange } from './layout'

/** A list of up to so many parts is drawn whole: the browser's own search finds everything in it. */
const WHOLE = 80
/** How far beyond the edges is drawn too, in px: there by the time it is scrolled to. */
const MARGIN = 320
/** Parts come and go by so many at a time. */
const STEP = 4
/** More than so many are not drawn anew in one frame: the page answers meanwhile. */
const MOST_A_FRAME = 12
/** Of a line that says what went wrong, until it has been measured. */
const FIRST_GUESS = 37

/** A part of the list that is drawn, and where. */
export interface PlacedItem {
  item: ListItem
  index: number
  top: number
  height: number
}

export type RowWindow = ReturnType<typeof useRowWindow>

/**
 * Which parts of the list are drawn: those in sight and a few around them, and the one that has the keyboard. Every
 * part has its place by its height, so that a change of one moves no layout but its own. As long as the list's page.
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
    range.value = growRange(range.value, goal, seen.value.from, MOST_A_FRAME)
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
    if (item.kind === 'trouble') return measured.value.get(item.key) ?? FIRST_GUESS
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

  /** Brings a part of the list in sight. */
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

  /** Gives a container's row the keyboard, wherever it is. */
  async function focus(key: string): Promise<void> {
    show(key)
    focused.value = key
    await nextTick()
    const row = scroller.value?.querySelector(`[data-key="${CSS.escape(key)}"] [data-testid=open-log]`)
    if (row instanceof HTMLElement) row.focus({ preventScroll: true })
  }

  return {
    heights,
    drawn,
    count: computed(() => items.value.length),
    height: computed(() => tops.value.at(-1)!),
    /** Keys of the containers that are drawn. */
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
