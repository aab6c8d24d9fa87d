import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { PaneView } from '../../logs/pane/paneView'
import type { PagePane } from '../../state/logs/pagePane'
import { isSameRow, renderRow, type RenderedRow } from './renderRow'
import { assignSlots } from './rowSlots'
import { lineOfRow, rowAt, followAfterScroll } from './scrollWindow'

/** A rendered row. Rows reuse slots, and with them their DOM elements. */
export interface VisibleRow {
  slot: number
  made: RenderedRow
}

/** The layout of the rows. */
export interface RowLayout {
  lineHeight: number
  wrap: boolean
  /** Columns of the text, when it wraps. */
  columns: number
}

/** Heights are measured at most this often. */
const MEASURE_EVERY_MS = 150

/**
 * Ties a pane to its scroll container: renders the worker's view, at most once per frame, and posts the viewport after
 * that, which allows the worker to send one more view. Never scrolls against the reader.
 */
export function useLogWindow(pane: PagePane, scroller: Ref<HTMLElement | null>, layout: () => RowLayout) {
  const rows = shallowRef<VisibleRow[]>([])
  const fromLine = ref(0)
  const totalLines = ref(0)
  let drawn: PaneView | null = null
  let made = new Map<number, RenderedRow>()
  let slots: ReadonlyMap<number, number> = new Map()
  let lastTop = 0
  let lastScrollTo = 0
  /** How often the reader has scrolled; `lastTop` is where the page has put the rows. */
  let moves = 0
  /** True until the row to scroll to is rendered; rows that arrive above it meanwhile move it. */
  let scrolling = false
  /** True while a text selection holds the log still: it goes on when the selection is gone. */
  let held = false
  let frame = 0
  let measuredAt = 0

  function draw() {
    frame = 0
    const box = scroller.value
    const view = pane.view.value
    if (!box) return
    if (!view || view === drawn) return look()
    const { lineHeight } = layout()
    const moveBy = pane.following.value ? 0 : shifted(box, view, lineHeight)
    show(view)
    void nextTick(() => {
      place(box, view, moveBy, lineHeight)
      measure(box)
      look()
    })
  }

  function show(view: PaneView) {
    const next = new Map<number, RenderedRow>()
    slots = assignSlots(view.rows, slots)
    rows.value = view.rows.map((row) => {
      const before = made.get(row.n)
      const now = before && isSameRow(before.row, row) ? before : renderRow(row)
      next.set(row.n, now)
      return { slot: slots.get(row.n)!, made: now }
    })
    made = next
    fromLine.value = view.fromLine
    totalLines.value = view.totalLines
    drawn = view
  }

  /** How far the row at the top has moved because rows above it came or went, in px. */
  function shifted(box: HTMLElement, view: PaneView, lineHeight: number): number {
    const anchor = drawn && rowAt(drawn.rows, drawn.fromLine, Math.floor(box.scrollTop / lineHeight))
    const now = anchor ? lineOfRow(view.rows, view.fromLine, anchor.n) : null
    return anchor && now !== null ? (now - anchor.line) * lineHeight : 0
  }

  function place(box: HTMLElement, view: PaneView, moveBy: number, lineHeight: number) {
    const { scrollTo } = view
    if (scrollTo && (scrolling || scrollTo.id !== lastScrollTo)) {
      if (scrollTo.select && scrollTo.id !== lastScrollTo) pane.select({ from: scrollTo.n, to: scrollTo.n })
      lastScrollTo = scrollTo.id
      held = false
      scrolling = !view.rows.some((row) => row.n === scrollTo.n)
      box.scrollTop = scrollTo.line * lineHeight
    } else if (pane.following.value && view.following) {
      box.scrollTop = box.scrollHeight
    } else if (moveBy !== 0) {
      box.scrollTop += moveBy
    }
    lastTop = box.scrollTop
  }

  /** Reports the heights of wrapped rows that differ from the computed ones (text that is not plain ASCII). */
  function measure(box: HTMLElement) {
    const { wrap, lineHeight } = layout()
    const now = performance.now()
    if (!wrap || now - measuredAt < MEASURE_EVERY_MS) return
    measuredAt = now
    const found: [number, number][] = []
    for (const element of box.querySelectorAll<HTMLElement>('[data-n]')) {
      const row = made.get(Number(element.dataset.n))?.row
      const lines = Math.round(element.offsetHeight / lineHeight)
      if (row?.kind === 'line' && lines > 0 && lines !== row.lines) found.push([row.n, lines])
    }
    if (found.length > 0) pane.post({ type: 'measured', rows: found })
  }

  function look() {
    const box = scroller.value
    if (!box) return
    const { lineHeight, wrap, columns } = layout()
    const top = Math.floor(box.scrollTop / lineHeight)
    pane.setViewport({
      follow: pane.following.value,
      top,
      height: Math.ceil(box.clientHeight / lineHeight) + 1,
      anchor: drawn && !pane.following.value ? rowAt(drawn.rows, drawn.fromLine, top) : null,
      moves,
      wrap,
      columns,
    })
  }

  function schedule() {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  function follow(wanted: boolean) {
    scrolling = held = false
    pane.follow(wanted)
    look()
  }

  function scrolled() {
    const box = scroller.value
    if (!box) return
    if (box.scrollTop !== lastTop) moves++
    const wanted = followAfterScroll(lastTop, box.scrollTop, box.scrollHeight - box.clientHeight)
    lastTop = box.scrollTop
    if (wanted === false) held = false
    const more = drawn?.newer === 'more' || drawn?.newer === 'loading'
    if (wanted !== null && !(wanted && more)) pane.follow(wanted)
    if (!pane.following.value) look()
  }

  function wheeled(event: WheelEvent) {
    scrolling = held = false
    const box = scroller.value
    if (event.deltaY < 0 && box && box.scrollTop > 0) follow(false)
  }

  /** While text is selected the log stands still, so that the text does not move away. */
  function selected() {
    const selection = document.getSelection()
    const here = selection && !selection.isCollapsed && scroller.value?.contains(selection.anchorNode)
    if (here && pane.following.value) {
      follow(false)
      held = true
    } else if (!here && held) {
      follow(true)
    }
  }

  function toTop() {
    scrolling = held = false
    pane.goToOldest()
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
  watch(pane.view, schedule)
  watch(layout, look)

  return { rows, fromLine, totalLines, follow, toTop, scrolled, wheeled, look }
}
