import { computed, type Ref } from 'vue'
import type { PagePane } from '../../state/logs/pagePane'
import { isRowClick } from '../../ui/rowClick'
import type { VisibleRow } from './useLogWindow'

/**
 * The rows that the reader chose. A click on a line opens its details, a second one closes them; with Shift it extends
 * the selection to that line. The log goes on meanwhile, but not below several lines.
 *
 * @param pause lets the log stand still until the reader follows again
 */
export function useLineSelection(
  pane: PagePane,
  rows: Readonly<Ref<readonly VisibleRow[]>>,
  pause: () => void,
) {
  /** Row numbers are not in page order, so the rows between the ends are found by position. */
  const marked = computed<ReadonlySet<number>>(() => {
    const chosen = pane.selection.value
    if (!chosen) return new Set()
    const numbers = rows.value.map(({ made }) => made.row.n)
    if (chosen.from === chosen.to) return new Set([chosen.from])
    const ends = [edge(numbers, chosen.from), edge(numbers, chosen.to)]
    return new Set([chosen.from, chosen.to, ...numbers.slice(Math.min(...ends), Math.max(...ends) + 1)])
  })

  function isMarked({ made }: VisibleRow): boolean {
    return made.row.kind !== 'marker' && marked.value.has(made.row.n)
  }

  function clicked(event: MouseEvent): void {
    const n = lineAt(event)
    if (n === null) return
    const chosen = pane.selection.value
    if (event.shiftKey && chosen) {
      // The browser has selected text at this click; the log would go on, without a selection, when that is removed.
      pause()
      document.getSelection()?.removeAllRanges()
      pane.select({ from: chosen.from, to: n })
    } else if (event.detail < 2 && isRowClick(event)) {
      inspect(pane.inspected.value === n ? null : n)
    }
  }

  function inspect(n: number | null): void {
    pane.inspect(n)
    pane.select(n === null ? null : { from: n, to: n })
  }

  /** The number of the log line that was clicked; null for gaps and states, which have no details. */
  function lineAt({ target }: MouseEvent): number | null {
    const n = Number((target as Element).closest<HTMLElement>('[data-n]')?.dataset.n)
    return rows.value.find(({ made }) => made.row.n === n)?.made.row.kind === 'line' ? n : null
  }

  return { isMarked, clicked }
}

/** Position of a row; one that is not rendered counts as the first or the last. */
function edge(numbers: number[], n: number): number {
  const at = numbers.indexOf(n)
  return at >= 0 ? at : n < (numbers[0] ?? 0) ? 0 : numbers.length - 1
}
