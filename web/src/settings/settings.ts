import { inject, reactive, watch, type InjectionKey } from 'vue'

/** Columns of the list that are shown only when the reader chooses them. */
export const OPTIONAL_COLUMNS = ['image', 'ports', 'restarts', 'limit'] as const
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number]

/** The reader's settings, saved in this browser. */
export interface Settings {
  theme: 'system' | 'dark' | 'light'
  density: 'comfortable' | 'compact'
  /** Whether keys without Control or Command run commands. */
  singleKeys: boolean
  timestamps: 'local' | 'utc' | 'relative' | 'off'
  wrap: boolean
  /** Font size of log lines, in px. */
  fontSize: number
  /** Pinned containers, by key. */
  pinned: string[]
  railCollapsed: boolean
  /** Whether the list shows CPU and memory. */
  load: boolean
  columns: OptionalColumn[]
  /** What happens before one container is stopped by mouse. */
  stopping: 'undo' | 'ask' | 'none'
}

const DEFAULTS: Settings = {
  theme: 'system',
  density: 'comfortable',
  singleKeys: true,
  timestamps: 'local',
  wrap: false,
  fontSize: 12,
  pinned: [],
  railCollapsed: false,
  load: true,
  columns: [],
  stopping: 'undo',
}

/** The limits of the font size. */
const SMALLEST = 11
const LARGEST = 16

const CHOICES: Partial<Record<keyof Settings, readonly unknown[]>> = {
  theme: ['system', 'dark', 'light'],
  density: ['comfortable', 'compact'],
  timestamps: ['local', 'utc', 'relative', 'off'],
  stopping: ['undo', 'ask', 'none'],
}

export const STORAGE_KEY = 'dockrelay.settings'

export interface BrowserStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** Loads the saved settings, and saves every change. @param store null: nothing is saved */
export function openSettings(store: BrowserStorage | null): Settings {
  const settings = reactive(read(store))
  watch(settings, () => write(store, settings), { flush: 'post' })
  return settings
}

/** The saved settings that are still valid; another version or another page may have written them. */
function read(store: BrowserStorage | null): Settings {
  const kept = parsed(store)
  const entries = Object.entries(DEFAULTS).map(([name, first]) => {
    const value = kept[name]
    const known = CHOICES[name as keyof Settings]?.includes(value) ?? true
    return [name, known && sameType(value, first) ? value : first]
  })
  const settings = Object.fromEntries(entries) as Settings
  settings.pinned = settings.pinned.filter((key) => typeof key === 'string')
  settings.columns = OPTIONAL_COLUMNS.filter((column) => settings.columns.includes(column))
  settings.fontSize = Math.min(LARGEST, Math.max(SMALLEST, Math.round(settings.fontSize)))
  return settings
}

/** Makes the font of log lines larger or smaller by a step, within its limits. */
export function resizeFont(settings: Settings, by: 1 | -1): void {
  settings.fontSize = Math.max(SMALLEST, Math.min(LARGEST, settings.fontSize + by))
}

function sameType(value: unknown, first: unknown): boolean {
  return typeof value === typeof first && Array.isArray(value) === Array.isArray(first) && value !== null
}

function parsed(store: BrowserStorage | null): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(store?.getItem(STORAGE_KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function write(store: BrowserStorage | null, settings: Settings): void {
  try {
    store?.setItem(STORAGE_KEY, JSON.stringify(settings))
  } catch {
    // Without storage the settings are lost when the page closes; nothing else is.
  }
}

/** The browser's storage; null when it is blocked. */
export function browserStorage(): BrowserStorage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

export const settingsKey: InjectionKey<Settings> = Symbol('settings')

export function useSettings(): Settings {
  const settings = inject(settingsKey)
  if (!settings) throw new Error('no settings were provided')
  return settings
}
