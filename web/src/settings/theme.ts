import { watchEffect } from 'vue'
import type { Settings } from './settings'

/** Sets theme and density on the root element, which the style sheets use. Returns a function that stops it. */
export function applyTheme(settings: Settings, root: HTMLElement): () => void {
  return watchEffect(() => {
    if (settings.theme === 'system') delete root.dataset.theme
    else root.dataset.theme = settings.theme
    root.dataset.density = settings.density
  })
}

/** The opposite theme; with the system's theme, the opposite of that. */
export function otherTheme(settings: Settings, systemIsDark: boolean): 'dark' | 'light' {
  const dark = settings.theme === 'system' ? systemIsDark : settings.theme === 'dark'
  return dark ? 'light' : 'dark'
}
