import { createApp } from 'vue'
import App from './App.vue'
import { Session, sessionKey } from './session'
import './styles/tokens.css'
import './styles/fonts.css'
import './styles/base.css'

const session = new Session(document.baseURI)
addEventListener('online', () => session.networkChanged(true))
addEventListener('offline', () => session.networkChanged(false))
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') session.nudge()
})
session.start()

createApp(App).provide(sessionKey, session).mount('#app')
