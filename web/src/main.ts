import { createApp } from 'vue'
import App from './app/App.vue'
import { saveList } from './state/containers/savedList'
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
  if (document.visibilityState === 'visible') session.nudge()
})
addEventListener('pagehide', () => session.actions.delayed.runAll())
saveList(session.fleet, () => session.now.value, browserStorage())
session.start()

// After an upgrade the chunks that this page has not loaded yet are gone: load the new page.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault()
  location.reload()
})

createApp(App)
  .provide(settingsKey, settings)
  .provide(routerKey, router)
  .provide(registryKey, commands)
  .provide(sessionKey, session)
  .mount('#app')
