import type { Ref } from 'vue'
import { useCommands } from '../commands/useCommands'
import { useRouter } from '../router/useRouter'
import { useSettings } from '../settings/settings'
import { otherTheme } from '../settings/theme'
import { isAdmin, isAuditor, mayReadLogs } from '../state/containers/rights'
import { useSession } from '../state/session'

/** The dialog above the page. */
export type OpenDialog = 'palette' | 'help' | 'rail' | null

/** Commands that work everywhere on the page. */
export function usePageCommands(dialog: Ref<OpenDialog>): void {
  const router = useRouter()
  const session = useSession()
  const settings = useSettings()
  const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)').matches
  const go = (id: string, title: string, key: string, run: () => void) => ({
    id,
    title,
    group: 'Go to',
    keys: [key],
    run,
  })

  useCommands(() => [
    {
      id: 'palette',
      title: 'Find a container or a command',
      group: 'Page',
      keys: ['Mod+k'],
      palette: false,
      run: () => (dialog.value = 'palette'),
    },
    {
      id: 'help',
      title: 'Keyboard shortcuts',
      group: 'Page',
      keys: ['?'],
      run: () => (dialog.value = 'help'),
    },
    {
      id: 'theme',
      title: 'Switch theme',
      group: 'Page',
      keys: ['t'],
      run: () => (settings.theme = otherTheme(settings, systemIsDark())),
    },
    {
      id: 'density',
      title: 'Switch row height',
      group: 'Page',
      run: () => (settings.density = settings.density === 'compact' ? 'comfortable' : 'compact'),
    },
    {
      id: 'rail',
      title: 'Collapse or expand the sidebar',
      group: 'Page',
      keys: ['b'],
      run: () => (settings.railCollapsed = !settings.railCollapsed),
    },
    go('home', 'All containers', 'g h', () => router.go(router.path('list'))),
    go('attention', 'Needs attention', 'g a', () => router.go('/?attention=1')),
    {
      ...go('logs', 'Logs page', 'g l', () => router.go(router.path('logs'))),
      when: () => mayReadLogs(session.fleet.value),
    },
    {
      ...go('record', 'Record of actions', 'g r', () => router.go(router.path('record'))),
      when: () => isAuditor(session.fleet.value),
    },
    {
      ...go('hosts', 'Hosts', 'g o', () => router.go(router.path('hosts'))),
      when: () => isAdmin(session.fleet.value),
    },
    go('settings', 'Settings', 'g s', () => router.go(router.path('settings'))),
    {
      id: 'leave',
      title: 'Back to the list',
      group: 'Go to',
      keys: ['Escape'],
      priority: 10,
      palette: false,
      when: () => router.page !== 'list' && router.page !== 'host',
      run: () => router.go(router.path('list')),
    },
  ])
}
