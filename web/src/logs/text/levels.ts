/** The level of a line, where its format puts it; null when there is none. Fatal counts as error. */
export type Level = 'error' | 'warn' | 'info' | 'debug' | null

export const LEVELS = ['error', 'warn', 'info', 'debug', 'other'] as const
export type LevelName = (typeof LEVELS)[number]

export function nameOf(level: Level): LevelName {
  return level ?? 'other'
}
