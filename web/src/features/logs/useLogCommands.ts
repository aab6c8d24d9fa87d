import { useCommands, type Command } from '../../commands/useCommands'
import { useSession } from '../../state/session'
import { resizeFont, useSettings } from '../../settings/settings'
import { logMessages } from './logMessages'
import type { PagePane } from '../../state/logs/pagePane'

export interface PaneActions {
  follow(wanted: boolean): void
  toTop(): void
  jump(): void
  range(): void
  download(): void
  search(): void
  timestamps(): void
  /** @param timed with the time of each line */
  copy(timed: boolean): void
  link(): void
  inspect(n: number | null): void
}

/** The commands of the pane that has the focus or had it last; of the first pane if none had it. */
export function useLogCommands(pane: PagePane, actions: PaneActions): void {
  const session = useSession()
  const settings = useSettings()
  const here = () => paneWithKeys(session.logs.focused.value) === String(pane.number)
  const command = (id: string, title: string, keys: string[], run: () => void): Command => ({
    id: `logs.${pane.number}.${id}`,
    title,
    group: logMessages.logs,
    keys,
    scope: 'logs',
    when: here,
    run,
  })
  const marked = () => pane.selection.value?.to ?? null

  useCommands(() => [
    command('follow', 'Pause or follow', ['Space'], () => actions.follow(!pane.following.value)),
    command('end', logMessages.toEnd, ['G', 'End'], () => actions.follow(true)),
    command('top', logMessages.toTop, ['g g', 'Home'], () => actions.toTop()),
    command('jump', logMessages.jump, ['g t'], () => actions.jump()),
    command('range', logMessages.range, ['R'], () => actions.range()),
    command('download', logMessages.download, ['D'], () => actions.download()),
    command('search', logMessages.search, ['/', 'Mod+f'], () => actions.search()),
    command('next', logMessages.nextHit, ['n'], () => pane.findNext('hit', 1)),
    command('last', logMessages.lastHit, ['N'], () => pane.findNext('hit', -1)),
    command('error', logMessages.next.error, ['e'], () => pane.findNext('error', 1)),
    command('last-error', logMessages.previous.error, ['E'], () => pane.findNext('error', -1)),
    command('warning', logMessages.next.warn, ['w'], () => pane.findNext('warn', 1)),
    command('last-warning', logMessages.previous.warn, ['W'], () => pane.findNext('warn', -1)),
    command('down', logMessages.next.line, ['j'], () => pane.findNext('line', 1)),
    command('up', logMessages.previous.line, ['k'], () => pane.findNext('line', -1)),
    command('timestamps', 'Timestamps: local, UTC, relative, off', ['T'], () => actions.timestamps()),
    command('wrap', logMessages.wrap, ['z'], () => (settings.wrap = !settings.wrap)),
    command('copy', logMessages.copy, ['c'], () => actions.copy(false)),
    command('copy-timed', logMessages.copyTimed, ['C'], () => actions.copy(true)),
    command('link', logMessages.copyLink, ['y'], () => actions.link()),
    command('inspect', logMessages.inspect, ['i', 'Enter'], () => actions.inspect(marked())),
    command('unfold', logMessages.unfoldLine, ['o'], () => unfoldLine(pane)),
    command('larger', logMessages.larger, ['+'], () => resizeFont(settings, 1)),
    command('smaller', logMessages.smaller, ['-'], () => resizeFont(settings, -1)),
    command('mark', logMessages.mark, ['m'], () => session.logs.addMarker()),
    {
      ...command('stop-search', logMessages.stopSearch, ['Escape'], () => pane.stopSearch()),
      priority: 70,
      palette: false,
      when: () => here() && pane.isSearching,
    },
    {
      ...command('leave', 'Close line details', ['Escape'], () => actions.inspect(null)),
      priority: 60,
      palette: false,
      when: () => here() && pane.inspected.value !== null,
    },
  ])
}

/** The number of the pane that keys act on. @param last the pane that had the focus last */
function paneWithKeys(last: number | null): string | undefined {
  const pane =
    document.activeElement?.closest<HTMLElement>('[data-pane]') ??
    document.querySelector<HTMLElement>(`[data-pane="${last}"]`) ??
    document.querySelector<HTMLElement>('[data-pane]')
  return pane?.dataset.pane
}

/** Unfolds a JSON line, the selected one if no other is named, or folds it. */
export function unfoldLine(pane: PagePane, n = pane.selection.value?.to): void {
  const row = pane.view.value?.rows.find((one) => one.n === n)
  if (row) pane.post({ type: 'unfold', n: row.n, open: row.pretty === null })
}
