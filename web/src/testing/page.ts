import { vi } from 'vitest'
import { mount, type VueWrapper } from '@vue/test-utils'
import App from '../app/App.vue'
import { listenToKeyboard } from '../commands/keyboard'
import { CommandRegistry } from '../commands/registry'
import { registryKey } from '../commands/useCommands'
import { Router } from '../router/router'
import { routerKey } from '../router/useRouter'
import { Account, accountKey } from '../state/account'
import { Session, sessionKey } from '../state/session'
import { openSettings, settingsKey, type Settings } from '../settings/settings'
import { FakeHistory } from './browserHistory'
import { FakeEnvironment } from './environment'

/** The whole page in a fake environment; `close` ends it. */
export interface TestPage {
  page: VueWrapper
  environment: FakeEnvironment
  session: Session
  router: Router
  history: FakeHistory
  settings: Settings
  commands: CommandRegistry
  close(): void
}

export function openPage(address = 'http://relay.test/'): TestPage {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response('{"changes":[]}')),
  )
  const environment = new FakeEnvironment()
  const history = new FakeHistory(address)
  const router = new Router('http://relay.test/', history)
  router.start()
  const settings = openSettings(null)
  const commands = new CommandRegistry()
  const stopListening = listenToKeyboard(commands, () => settings.singleKeys)
  const session = new Session('http://relay.test/', environment)
  session.start()
  const account = new Account('http://relay.test/', { entered() {}, left() {}, go() {} })
  const provide = {
    [settingsKey as symbol]: settings,
    [routerKey as symbol]: router,
    [registryKey as symbol]: commands,
    [sessionKey as symbol]: session,
    [accountKey as symbol]: account,
  }
  const page = mount(App, { attachTo: document.body, global: { provide } })
  const close = () => {
    page.unmount()
    session.stop()
    router.stop()
    stopListening()
  }
  return { page, environment, session, router, history, settings, commands, close }
}

export function press(key: string, more: KeyboardEventInit = {}): void {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}

/** Repeats a check until it holds; patient enough for a busy machine. */
export function eventually<T>(check: () => T): Promise<T> {
  return vi.waitFor(check, { timeout: 8000 })
}
