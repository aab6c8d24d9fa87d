import { createApp } from 'vue'
import App from './App.vue'
import { keepList } from './features/containers/keptList'
import { listenToKeyboard } from './commands/keyboard'
import { CommandRegistry } from './commands/registry'
import { registryKey } from './commands/useCommands'
import { Place } from './place/place'
import { browserHistory, placeKey } from './place/usePlace'
import { Session, sessionKey } from './session'
import { browserStore, openSettings, settingsKey } from './settings/settings'
import { wearSettings } from './settings/theme'
import './styles/tokens.css'
import './styles/fonts.css'
import './styles/base.css'

const settings = openSettings(browserStore())
wearSettings(settings, document.documentElement)

const place = new Place(document.baseURI, browserHistory())
place.start()

const commands = new CommandRegistry()
listenToKeyboard(commands, () => settings.singleKeys)

const session = new Session(document.baseURI)
addEventListener('online', () => session.networkChanged(true))
addEventListener('offline', () => session.networkChanged(false))
document.addEventListener('visibilitychange', () => {
  session.load.hide(document.hidden)
  if (document.visibilityState === 'visible') session.nudge()
})
keepList(session, browserStore())
session.start()

// After an upgrade the parts of the page that were not loaded yet are gone: the new page is asked for, once.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault()
  location.reload()
})

createApp(App)
  .provide(settingsKey, settings)
  .provide(placeKey, place)
  .provide(registryKey, commands)
  .provide(sessionKey, session)
  .mount('#app')
