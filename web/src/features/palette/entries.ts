import { fuzzy, type FuzzyMatch } from '../../commands/fuzzy'

/** An entry of the palette. */
export interface PaletteEntry {
  id: string
  title: string
  /** Shown next to the title and searched too: the host, the group. */
  note: string
  /** Shown before anything is typed. */
  offered: boolean
  keys?: string[]
  /** True for actions on a container, which must not be hit by accident. */
  acts?: boolean
  disabledBecause?: string | null
  run: () => void
}

export interface PaletteMatch {
  entry: PaletteEntry
  hit: FuzzyMatch
}

const MAX_SHOWN = 50
/** Of equally good matches, those that were offered at first come first. */
const OFFERED_BONUS = 2
/** Entries that show something come before actions, and those before disabled actions. */
const LATER = 10

/** The entries that match what was typed, best first; without input, those that are offered. */
export function findEntries(typed: string, entries: readonly PaletteEntry[]): PaletteMatch[] {
  if (typed.trim() === '')
    return entries
      .filter((entry) => entry.offered)
      .slice(0, MAX_SHOWN)
      .map((entry) => ({ entry, hit: { score: 0, at: [] } }))
  const found: PaletteMatch[] = []
  for (const entry of entries) {
    const hit = fuzzy(typed, entry.title) ?? inNote(typed, entry)
    if (hit) found.push({ entry, hit: { ...hit, score: hit.score + bonusOf(entry) } })
  }
  return found.sort((a, b) => b.hit.score - a.hit.score).slice(0, MAX_SHOWN)
}

function bonusOf({ offered, acts, disabledBecause }: PaletteEntry): number {
  return (offered ? OFFERED_BONUS : 0) - (acts ? LATER : 0) - (disabledBecause ? LATER : 0)
}

function inNote(typed: string, entry: PaletteEntry): FuzzyMatch | null {
  const hit = fuzzy(typed, `${entry.title} ${entry.note}`)
  return hit && { score: hit.score - 20, at: hit.at.filter((at) => at < entry.title.length) }
}

/** Splits a title into typed and other parts. */
export function highlight(title: string, at: readonly number[]): { text: string; typed: boolean }[] {
  const marked = new Set(at)
  const all: { text: string; typed: boolean }[] = []
  for (let i = 0; i < title.length; i++) {
    const typed = marked.has(i)
    const last = all.at(-1)
    if (last?.typed === typed) last.text += title[i]
    else all.push({ text: title[i]!, typed })
  }
  return all
}
