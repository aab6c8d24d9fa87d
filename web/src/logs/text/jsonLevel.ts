import { levelOfField, levelOfValue, type JsonScalar } from './levelFields'
import type { Level } from './levels'

/** A level that begins later in the line is not searched for. */
const MAX_SEARCHED = 4096
const STRING = /"((?:[^"\\]|\\.)*)"/y
/** Python's json writes the numbers that JSON does not have. */
const SCALAR = /-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity/y
const BLANK = /[\s,:]*/y

/**
 * The level of a JSON line by the first field that says one; null without. Reads tokens from the start, without a parser:
 * a line may be long, and is read for each row.
 */
export function jsonLevel(text: string): Level {
  const end = Math.min(text.length, MAX_SEARCHED)
  const names: (string | null)[] = []
  let key: string | null = null
  let serilog = false
  let nextcloud = false
  for (let at = 0; at < end; at = skip(text, at)) {
    const character = text[at]
    const depth = names.length
    if (character === '{' || character === '[') {
      names.push(character === '{' && (depth === 0 || (depth === 1 && key === 'log')) ? '' : null)
      key = null
      at++
    } else if (character === '}' || character === ']') {
      names.pop()
      at++
    } else {
      const token = read(text, at)
      if (token === null) break
      at = token.to
      if (names.at(-1) === null) continue
      if (key === null && token.string !== null && text[skipBlanks(text, at)] === ':') {
        key = token.string
        serilog ||= depth === 1 && (key === '@t' || key === '@mt')
        nextcloud ||= depth === 1 && key === 'reqId'
      } else {
        const level = key === null ? null : ofField(key, depth, token, nextcloud)
        if (level !== null) return level
        key = null
      }
    }
  }
  // Serilog's compact format leaves the level out when it is Information.
  return serilog ? 'info' : null
}

/** `log.level` may be nested. */
function ofField(key: string, depth: number, value: JsonScalar, ofNextcloud: boolean): Level {
  if (depth === 1) return levelOfField(key, value, ofNextcloud)
  return depth === 2 && key === 'level' ? levelOfValue(value) : null
}

interface JsonToken extends JsonScalar {
  to: number
}

function read(text: string, at: number): JsonToken | null {
  for (const pattern of [STRING, SCALAR]) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) return { string: match[1] ?? null, text: match[0], to: pattern.lastIndex }
  }
  return null
}

function skip(text: string, at: number): number {
  BLANK.lastIndex = at
  BLANK.exec(text)
  return BLANK.lastIndex
}

function skipBlanks(text: string, at: number): number {
  while (text.charCodeAt(at) <= 0x20) at++
  return at
}
