import type { Level } from './levels'
import { levelOfLetter, levelOfNumber, levelOfWord } from './levelWords'

/** The fields that hold a level, at the top of the object; `log.level` may also be nested. */
const FIELDS = new Set([
  'level',
  'lvl',
  'severity',
  'levelname',
  'loglevel',
  'log_level',
  'level_name',
  'log.level',
  '@level',
  '@l',
  's',
])
/** A level far behind the start of the line is not searched for. */
const MAX_SEARCHED = 4096
const STRING = /"((?:[^"\\]|\\.)*)"/y
const SCALAR = /-?\d[\d.eE+-]*|true|false|null/y
const BLANK = /[\s,:]*/y

/**
 * The level of a JSON line by its level field; null without one. Reads tokens from the start, without a parser: a line
 * may be long, and is read for each row.
 */
export function jsonLevel(text: string): Level {
  const end = Math.min(text.length, MAX_SEARCHED)
  const names: (string | null)[] = []
  let key: string | null = null
  let serilog = false
  for (let at = 0; at < end;) {
    at = skip(text, at)
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
        if (depth === 1 && (key === '@t' || key === '@mt')) serilog = true
      } else {
        if (key !== null && isLevelField(key, depth)) {
          const level = ofValue(key, token)
          if (level !== null || key !== 's') return level
        }
        key = null
      }
    }
  }
  // Serilog's compact format leaves the level out when it is Information.
  return serilog ? 'info' : null
}

interface JsonToken {
  /** The content of a string; null for another value. */
  string: string | null
  text: string
  to: number
}

function isLevelField(key: string, depth: number): boolean {
  return depth === 1 ? FIELDS.has(key.length > 1 ? key.toLowerCase() : key) : key === 'level'
}

/** A single letter is a level only in MongoDB's field `s`. */
function ofValue(key: string, { string, text }: JsonToken): Level {
  if (key === 's') return string?.length === 1 ? levelOfLetter(string) : null
  if (string !== null)
    return /^\d+$/.test(string) ? levelOfNumber(Number(string)) : levelOfWord(string.trim())
  return levelOfNumber(Number(text))
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
