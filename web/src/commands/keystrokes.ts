/** The part of a keyboard event that names the keys. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const SHORT: Record<string, string> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
}
const NAMED: Record<string, string> = { ' ': 'Space', Esc: 'Escape' }

/**
 * A key press in the notation of commands. Shift is named only if the key's name does not show it: `G`, `?`, but
 * `Shift+Enter`. Null for a modifier key alone.
 */
export function keystrokeOf(event: KeyPress): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(event.key)) return null
  const key = NAMED[event.key] ?? event.key
  const mod = event.ctrlKey || event.metaKey
  const shift = event.shiftKey && (key.length > 1 || mod)
  const named = mod && key.length === 1 ? key.toLowerCase() : key
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${named}`
}

/** Keys as people read them, one string per keystroke: `Ctrl+K`, `⌘ K` on a Mac. */
export function formatKeys(keys: string, mac: boolean): string[] {
  return keys.split(' ').map((stroke) => {
    const parts = stroke.split(/\+(?=.)/).map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
      if (part in SHORT) return SHORT[part]!
      return stroke.includes('+') && part.length === 1 ? part.toUpperCase() : part
    })
    return parts.join(mac ? ' ' : '+')
  })
}
