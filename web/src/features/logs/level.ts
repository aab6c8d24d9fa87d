/** How loud a line is, guessed from its first words; only warnings and worse are told apart. */
export type Level = 'error' | 'warn' | null

const WORD = /\b(?:(fatal|panic|critical|error|severe)|(warn(?:ing)?))\b/i
const LOOKED_AT = 100

export function levelOf(text: string): Level {
  const word = WORD.exec(text.slice(0, LOOKED_AT))
  if (!word) return null
  return word[1] ? 'error' : 'warn'
}
