// JSON in a log line: detection, formatting over several lines, and tokens for colouring.

const MAX_CHARACTERS = 256 * 1024

/** Whether a text looks like an object or a list. Cheap, because it runs for every visible row. */
export function looksLikeJson(text: string): boolean {
  const first = text.trimStart().charCodeAt(0)
  if (first !== 0x7b && first !== 0x5b) return false
  const end = text.trimEnd()
  return first === 0x7b ? end.endsWith('}') && text.includes('"') : end.endsWith(']') && end.length > 2
}

/** Null when the text is not JSON. */
export function parseJson(text: string): object | null {
  if (!looksLikeJson(text) || text.length > MAX_CHARACTERS) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** The JSON over several lines; null when the text is not JSON. */
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

/** Splits JSON into tokens; together their texts are the text. */
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
