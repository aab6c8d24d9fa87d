import { createApp } from 'vue'
import App from './App.vue'
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
  if (document.visibilityState === 'visible') session.nudge()
})
session.start()

createApp(App)
  .provide(settingsKey, settings)
  .provide(placeKey, place)
  .provide(registryKey, commands)
  .provide(sessionKey, session)
  .mount('#app')
