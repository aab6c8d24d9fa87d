/** One part of a search text. */
export type SearchTerm =
  | { kind: 'text'; negative: boolean; text: string }
  | { kind: 'regex'; negative: boolean; source: string; ignoreCase: boolean }

const TOKEN = /(-?)(?:"([^"]*)"|\/((?:[^/\\]|\\.)+)\/(i?)(?=\s|$)|(\S+))/g

/** The parts of a search text, in their order. Empty when it has none. */
export function searchTerms(text: string): SearchTerm[] {
  const terms: SearchTerm[] = []
  let phrase: string[] = []
  const endPhrase = () => {
    if (phrase.length > 0) terms.push({ kind: 'text', negative: false, text: phrase.join(' ') })
    phrase = []
  }
  for (const [whole, minus, quoted, source, insensitive, word] of text.matchAll(TOKEN)) {
    const negative = minus === '-' && whole !== '-'
    if (source !== undefined) {
      endPhrase()
      terms.push({ kind: 'regex', negative, source, ignoreCase: insensitive === 'i' })
    } else if (negative || quoted !== undefined) {
      endPhrase()
      const wanted = quoted ?? word!
      if (wanted !== '') terms.push({ kind: 'text', negative, text: wanted })
    } else {
      phrase.push(whole)
    }
  }
  endPhrase()
  return terms
}
