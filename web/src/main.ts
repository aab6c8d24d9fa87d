import { createApp, watch } from 'vue'
import Root from './app/Root.vue'
import { Account, accountKey } from './state/account'
import { forgetList, saveList } from './state/containers/savedList'
import { listenToKeyboard } from './commands/keyboard'
import { CommandRegistry } from './commands/registry'
import { registryKey } from './commands/useCommands'
import { Router } from './router/router'
import { browserHistory, routerKey } from './router/useRouter'
import { Session, sessionKey } from './state/session'
import { browserStorage, openSettings, settingsKey } from './settings/settings'
import { applyTheme } from './settings/theme'
import './styles/tokens.css'
import './styles/fonts.css'
import './styles/base.css'

const settings = openSettings(browserStorage())
applyTheme(settings, document.documentElement)

const router = new Router(document.baseURI, browserHistory())
router.start()

const commands = new CommandRegistry()
listenToKeyboard(commands, () => settings.singleKeys)

const session = new Session(document.baseURI)
addEventListener('online', () => session.networkChanged(true))
addEventListener('offline', () => session.networkChanged(false))
document.addEventListener('visibilitychange', () => {
  session.load.hide(document.hidden)
  if (document.visibilityState !== 'visible') return
  if (account.locked.value) void enter()
  else session.nudge()
})
addEventListener('pagehide', () => session.actions.delayed.runAll())
saveList(session.fleet, () => session.now.value, browserStorage())

const account = new Account(document.baseURI, {
  entered: () => session.retryNow(),
  left: () => {
    forgetList(browserStorage())
    location.reload()
  },
  go: (address) => {
    forgetList(browserStorage())
    location.assign(address)
  },
})
/** Asks who this is; goes on if the reader has signed in, in another tab too. */
async function enter(): Promise<void> {
  await account.load()
  if (account.locked.value) forgetList(browserStorage())
  else session.retryNow()
}
// The connection learns first that the session has ended.
watch(
  () => session.connection.value.obstacle?.kind === 'signin',
  (needed) => needed && enter(),
)
// After a sign-in in another tab, the next connection may be of another user.
watch(
  () => session.connectedSince(),
  (since) => since !== null && account.load(),
)
// A reader who may see nothing any more.
watch(
  () => session.connection.value.obstacle?.kind === 'rights',
  (ended) => ended && forgetList(browserStorage()),
)
for (const use of ['pointerdown', 'keydown']) addEventListener(use, () => account.used(), { passive: true })
void account.load()
session.start()

// After an upgrade the chunks that this page has not loaded yet are gone: load the new page.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault()
  location.reload()
})

createApp(Root)
  .provide(settingsKey, settings)
  .provide(routerKey, router)
  .provide(registryKey, commands)
  .provide(sessionKey, session)
  .provide(accountKey, account)
  .mount('#app')
