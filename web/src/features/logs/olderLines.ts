import type { PaneView } from '../../logs/pane/paneView'
import type { PaneSpec } from '../../state/logs/paneSpec'

/** What is known of the lines that a filter leaves of a log. */
export interface OlderLines {
  view: PaneView
  loaded: number
  /** In the whole log; null when they are not counted. */
  all: number | null
}

/** Null when the filter hides nothing, or the log has no older lines that it leaves. */
export function olderLines(view: PaneView | null, spec: PaneSpec, mutes: boolean): OlderLines | null {
  const { text, only, levels, stderrOnly } = spec
  const hides = levels !== null || stderrOnly || mutes || (only && text !== '')
  if (!view || view.older === 'none' || !(hides || view.hits?.count === 0)) return null
  const loaded = view.hits?.count ?? view.shownLines
  const all = view.whole?.state === 'counted' ? view.whole.hits : null
  return all !== null && all <= loaded ? null : { view, loaded, all }
}
