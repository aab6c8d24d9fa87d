/** Something a person can do, by key, from the palette, or from a menu; listed by itself in the help. */
export interface Command {
  /** Unique while it is registered. */
  id: string
  title: string
  /** The heading it stands under in the help and in the palette. */
  group: string
  /**
   * Any of these runs it: one stroke (`Space`, `Mod+k`, `Shift+Enter`, `G`) or two after each other (`g h`).
   * Letters are as typed: `G` is Shift and g. `Mod` is Control, or Command on a Mac.
   */
  keys?: string[]
  /** `logs`: only while the focus is inside an element with `data-scope="logs"`, and before the page's own there. */
  scope?: 'logs'
  /** Among commands of one key, the highest whose `when` holds; 0 by default. */
  priority?: number
  /** Whether it makes sense now; always, by default. */
  when?: () => boolean
  /** What is said at the first of two presses; the second, soon after, runs it. Null: at once. */
  confirm?: () => string | null
  /** Not offered in the palette. */
  palette?: false
  run: () => void
}

export function isPossible(command: Command): boolean {
  return command.when?.() ?? true
}

/** A single key without Control, Alt or Command: what a person may switch off, and what typing must not trigger. */
export function isSingleKey(keys: string): boolean {
  return !keys.includes('Mod+') && !keys.includes('Alt+') && keys !== 'Escape'
}
