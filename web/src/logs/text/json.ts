/** JSON in a log line: whether it is, unfolded over lines, and its parts for colouring. */

const MOST = 256 * 1024

/** Looks like an object or a list; cheap, since it is asked of every visible row. */
export function looksLikeJson(text: string): boolean {
  const first = text.trimStart().charCodeAt(0)
  if (first !== 0x7b && first !== 0x5b) return false
  const end = text.trimEnd()
  return first === 0x7b ? end.endsWith('}') && text.includes('"') : end.endsWith(']') && end.length > 2
}

/** Null when it is none. */
export function parseJson(text: string): object | null {
  if (!looksLikeJson(text) || text.length > MOST) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** Unfolded; null when it is none. */
export function pretty(text: string): string[] | null {
  const value = parseJson(text)
  return value ? JSON.stringify(value, null, 2).split('\n') : null
}

export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export interface Token {
  text: string
  kind: TokenKind
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g

/** A piece of JSON as coloured parts; their texts together are the text. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  let from = 0
  const mark = (to: number) => {
    if (to > from) found.push({ text: text.slice(from, to), kind: 'mark' })
  }
  for (const match of text.matchAll(TOKEN)) {
    mark(match.index)
    from = match.index + match[0].length
    const [, string, colon, number] = match
    if (string !== undefined) {
      found.push({ text: string, kind: colon === undefined ? 'string' : 'key' })
      if (colon !== undefined) found.push({ text: colon, kind: 'mark' })
    } else {
      found.push({ text: match[0], kind: number === undefined ? 'word' : 'number' })
    }
  }
  mark(text.length)
  return found
}
