// JSON in a log line: detection, formatting over several lines, and tokens for colouring. The characters stay as they
// are: values are never parsed, because a parser would lose digits of large numbers, doubled keys and the order of keys.

const MAX_CHARACTERS = 256 * 1024
/** Deeper levels are not indented further: a line may be nested as deep as it is long. */
const MAX_INDENT = 40

/** Whether a text looks like an object or a list. Cheap, because it runs for every visible row. */
export function looksLikeJson(text: string): boolean {
  const first = text.trimStart().charCodeAt(0)
  if (first !== 0x7b && first !== 0x5b) return false
  const end = text.trimEnd()
  return first === 0x7b ? end.endsWith('}') && text.includes('"') : end.endsWith(']') && end.length > 2
}

/** A part of a JSON text: `text.slice(from, to)`. */
export interface JsonPart {
  kind: 'open' | 'close' | 'comma' | 'colon' | 'key' | 'string' | 'number' | 'word'
  from: number
  to: number
}

const PARTS = {
  open: /[{[]/,
  close: /[}\]]/,
  comma: /,/,
  colon: /:/,
  string: /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/,
  number: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/,
  word: /(?:true|false|null)(?!\w)/,
} satisfies Partial<Record<JsonPart['kind'], RegExp>>
const KINDS = Object.keys(PARTS) as (keyof typeof PARTS)[]
const PART = new RegExp(
  `[ \\t\\r\\n]*(?:${Object.values(PARTS)
    .map(({ source }) => `(${source})`)
    .join('|')})`,
  'y',
)

/** The parts of a JSON object or list; null when the text is neither. Without recursion, so that no depth is too much. */
export function jsonParts(text: string): JsonPart[] | null {
  if (!looksLikeJson(text) || text.length > MAX_CHARACTERS) return null
  const parts: JsonPart[] = []
  /** Closing brackets of the open objects and lists. */
  const closers: string[] = []
  let allowed: Allowed = 'value'
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = PART.lastIndex) {
    PART.lastIndex = at
    const match = PART.exec(text)
    if (match === null) return null
    const group = match.findIndex((part, i) => i > 0 && part !== undefined)
    const to = PART.lastIndex
    const part: JsonPart = { kind: KINDS[group - 1]!, from: to - match[group]!.length, to }
    const next = follow(allowed, part, text[part.from]!, closers)
    if (next === null) return null
    allowed = next
    parts.push(part)
  }
  return closers.length === 0 && parts.length > 0 ? parts : null
}

/** What may come next. `first` is right after an opening bracket, `end` after the outermost closing one. */
type Allowed = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end'

/** What may come after this part; null when it may not be here. A string in the place of a key becomes a key. */
function follow(allowed: Allowed, part: JsonPart, character: string, closers: string[]): Allowed | null {
  const inObject = closers.at(-1) === '}'
  switch (part.kind) {
    case 'open':
      if (allowed !== 'value' && allowed !== 'first value') return null
      closers.push(character === '{' ? '}' : ']')
      return character === '{' ? 'first key' : 'first value'
    case 'close':
      if (!['comma', 'first key', 'first value'].includes(allowed) || closers.pop() !== character) return null
      return closers.length === 0 ? 'end' : 'comma'
    case 'comma':
      if (allowed !== 'comma') return null
      return inObject ? 'key' : 'value'
    case 'colon':
      return allowed === 'colon' ? 'value' : null
    case 'string':
      if (allowed === 'key' || allowed === 'first key') {
        part.kind = 'key'
        return 'colon'
      }
  }
  return closers.length > 0 && (allowed === 'value' || allowed === 'first value') ? 'comma' : null
}

/** The JSON over several lines; null when the text is not JSON. */
export function pretty(text: string): string[] | null {
  const parts = jsonParts(text)
  if (!parts) return null
  const lines: string[] = []
  let line = ''
  let depth = 0
  const wrap = () => {
    lines.push(line)
    line = '  '.repeat(Math.min(depth, MAX_INDENT))
  }
  parts.forEach(({ kind, from, to }, i) => {
    const empty = kind === 'close' && parts[i - 1]?.kind === 'open'
    if (kind === 'close') depth--
    if (kind === 'close' && !empty) wrap()
    line += text.slice(from, to)
    if (kind === 'open') depth++
    if ((kind === 'open' && parts[i + 1]?.kind !== 'close') || kind === 'comma') wrap()
    else if (kind === 'colon') line += ' '
  })
  return [...lines, line]
}

export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export interface Token {
  text: string
  kind: TokenKind
}

/** A string without an end is a string too: to search for the end once more from each quote in it takes minutes. */
const TOKEN = /("[^"\\]*(?:\\[^]?[^"\\]*)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g

/** Splits a line of JSON into tokens; together their texts are the text. */
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
