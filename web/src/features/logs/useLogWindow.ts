import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { LogPane } from './pane'
import { rendered, type Rendered } from './rendered'
import { LogView } from './view'
import { ROW_HEIGHT, wantsToFollow, windowAt } from './window'

/** A row on the page; `slot` is used again and again, so that its DOM is too. */
export interface VisibleRow {
  slot: number
  row: Rendered
}

/**
 * Ties a pane to a scroll container: at most once a frame, draws the rows that can be seen, and keeps to the
 * bottom while following. Never moves the scroll position against the reader.
 */
export function useLogWindow(pane: LogPane, ticks: Ref<number>, scroller: Ref<HTMLElement | null>) {
  const view = new LogView(pane)
  const rows = shallowRef<VisibleRow[]>([])
  const from = ref(0)
  const total = ref(0)
  const missed = ref(0)
  const following = ref(true)
  let lastTop = 0
  let frame = 0

  function draw() {
    frame = 0
    const box = scroller.value
    if (!box) return
    const all = view.total
    const bottom = Math.max(0, all * ROW_HEIGHT - box.clientHeight)
    const window = windowAt(view.following ? bottom : box.scrollTop, box.clientHeight, all)
    rows.value = visible(window.from, window.count)
    from.value = window.from
    total.value = all
    missed.value = view.missed
    following.value = view.following
    if (view.following) void nextTick(pin)
  }

  function visible(start: number, count: number): VisibleRow[] {
    const found: VisibleRow[] = []
    for (let i = start; i < start + count; i++) {
      const held = view.row(i)
      if (held) found.push({ slot: held.number % count, row: rendered(held.row) })
    }
    return found
  }

  function pin() {
    const box = scroller.value
    if (!box || !view.following) return
    box.scrollTop = box.scrollHeight
    lastTop = box.scrollTop
  }

  function schedule() {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  function follow(wanted: boolean) {
    view.follow(wanted)
    schedule()
  }

  function scrolled() {
    const box = scroller.value
    if (!box) return
    const wanted = wantsToFollow(lastTop, box.scrollTop, box.scrollHeight - box.clientHeight)
    lastTop = box.scrollTop
    if (wanted !== null) view.follow(wanted)
    schedule()
  }

  function wheeled(event: WheelEvent) {
    const box = scroller.value
    if (event.deltaY < 0 && box && box.scrollTop > 0) follow(false)
  }

  /** Marking text must not pull it away. */
  function selected() {
    const selection = document.getSelection()
    if (!selection || selection.isCollapsed || !scroller.value?.contains(selection.anchorNode)) return
    follow(false)
  }

  const resized = new ResizeObserver(schedule)
  onMounted(() => {
    if (scroller.value) resized.observe(scroller.value)
    document.addEventListener('selectionchange', selected)
    schedule()
  })
  onBeforeUnmount(() => {
    resized.disconnect()
    document.removeEventListener('selectionchange', selected)
    cancelAnimationFrame(frame)
  })
  watch(ticks, schedule)

  function toTop() {
    follow(false)
    if (scroller.value) scroller.value.scrollTop = 0
  }

  return { rows, from, total, missed, following, follow, toTop, scrolled, wheeled }
}
