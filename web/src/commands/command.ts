/** Something a person can do by key, from the palette, or from a menu. The keyboard help lists it. */
export interface Command {
  /** Unique while it is registered. */
  id: string
  title: string
  /** Its heading in the help and in the palette. */
  group: string
  /**
   * Each of these runs it: one keystroke (`Space`, `Mod+k`, `Shift+Enter`, `G`) or two in a row (`g h`).
   * Letters are as typed: `G` is Shift and g. `Mod` is Control, or Command on a Mac.
   */
  keys?: string[]
  /**
   * `logs`: only while the focus is inside an element with `data-scope="logs"`, or in a view whose log has the keys
   * (`data-keys="logs"`); it comes before page commands there.
   */
  scope?: 'logs'
  /** Of the commands with the same key, the highest priority whose `when` holds runs; 0 by default. */
  priority?: number
  /** Whether it is possible now; by default always. */
  when?: () => boolean
  /** The message after the first press; a second press soon after runs it. Null: one press is enough. */
  confirm?: () => string | null
  /** Not offered in the palette. */
  palette?: false
  run: () => void
}

export function isPossible(command: Command): boolean {
  return command.when?.() ?? true
}

/** A single key without Control, Alt or Command. A setting disables these, and typing does not trigger them. */
export function isSingleKey(keys: string): boolean {
  return !keys.includes('Mod+') && !keys.includes('Alt+') && keys !== 'Escape'
}
