import { watchEffect } from 'vue'
import type { Settings } from './settings'

/** Writes theme and density on the root element, where the stylesheets look for them. */
export function applyTheme(settings: Settings, root: HTMLElement): () => void {
  return watchEffect(() => {
    if (settings.theme === 'system') delete root.dataset.theme
    else root.dataset.theme = settings.theme
    root.dataset.density = settings.density
  })
}

/** The other of light and dark; from the system's, the one it is not. */
export function otherTheme(settings: Settings, systemIsDark: boolean): 'dark' | 'light' {
  const dark = settings.theme === 'system' ? systemIsDark : settings.theme === 'dark'
  return dark ? 'light' : 'dark'
}
