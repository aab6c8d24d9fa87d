/** How well a text matches what was typed, and at which characters. */
export interface FuzzyMatch {
  score: number
  at: number[]
}

/**
 * Case-insensitive subsequence match; null when the characters do not all occur in this order. Matches score higher at
 * the beginning of words, next to each other, early, and in short texts.
 */
export function fuzzy(typed: string, text: string): FuzzyMatch | null {
  const wanted = typed.toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return { score: 0, at: [] }
  const lower = text.toLowerCase()
  const whole = lower.indexOf(typed.trim().toLowerCase())
  if (whole >= 0) {
    const length = typed.trim().length
    const score = 100 + length * 4 + (isStart(text, whole) ? 20 : 0) - whole - (text.length - length) * 0.1
    return { score, at: Array.from({ length }, (_, i) => whole + i) }
  }
  const at: number[] = []
  let score = 0
  let from = 0
  for (const character of wanted) {
    const place = best(lower, text, character, from, at.at(-1))
    if (place < 0) return null
    score +=
      place === (at.at(-1) ?? -2) + 1 ? 5 : isStart(text, place) ? 8 : 1 - Math.min(place - from, 10) * 0.2
    at.push(place)
    from = place + 1
  }
  return { score: score - text.length * 0.05, at }
}

/** The next occurrence if it follows at once or begins a word; else the next one that begins a word; else the next. */
function best(
  lower: string,
  text: string,
  character: string,
  from: number,
  last: number | undefined,
): number {
  const first = lower.indexOf(character, from)
  if (first < 0 || first === (last ?? -2) + 1 || isStart(text, first)) return first
  for (let place = first; place >= 0; place = lower.indexOf(character, place + 1)) {
    if (isStart(text, place)) return place
  }
  return first
}

function isStart(text: string, place: number): boolean {
  if (place === 0) return true
  const before = text[place - 1]!
  return /[\s\-_/.:]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(text[place]!))
}
