import { levelOfField, levelOfLoguru, levelOfMySql, levelOfValue, type JsonScalar } from './levelFields'
import type { Level } from './levels'

/** A level that begins later in the line is not searched for. */
const MAX_SEARCHED = 4096
const STRING = /"((?:[^"\\]|\\[^])*)"/y
/** Python's json writes the numbers that JSON does not have. */
const SCALAR = /-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity/y
const BLANK = /[\s,:]*/y

/** An object whose fields may say the level: the line itself, `log` of ECS, `record.level` of loguru. */
type Place = 'line' | 'log' | 'record' | 'record.level'

/**
 * The level of a JSON line by the first field that says one; null without. Reads tokens from the start, without a parser:
 * a line may be long, and is read for each row.
 */
export function jsonLevel(text: string): Level {
  const end = Math.min(text.length, MAX_SEARCHED)
  /** Of the open objects and lists; null for one whose fields do not count. */
  const places: (Place | null)[] = []
  let key: string | null = null
  let serilog = false
  let nextcloud = false
  let mysql = false
  let prio: Level = null
  for (let at = 0; at < end; at = skip(text, at)) {
    const character = text[at]
    const place = places.at(-1)
    if (character === '{' || character === '[') {
      places.push(character === '{' ? placeIn(place, key) : null)
      key = null
      at++
    } else if (character === '}' || character === ']') {
      places.pop()
      at++
    } else {
      const token = read(text, at)
      if (token === null) break
      at = token.to
      if (place === null) continue
      if (key === null && token.string !== null && text[skipBlanks(text, at)] === ':') {
        key = token.string
        if (place !== 'line') continue
        serilog ||= key === '@t' || key === '@mt'
        nextcloud ||= key === 'reqId'
        mysql ||= key === 'err_code'
      } else {
        if (place === 'line' && key === 'prio') prio = levelOfMySql(token)
        const level = key === null ? null : ofField(place, key, token, nextcloud)
        if (level !== null) return level
        key = null
      }
    }
  }
  // Serilog's compact format leaves the level out when it is Information.
  if (serilog) return 'info'
  return mysql ? prio : null
}

/** The object of this key; null when its fields do not count. */
function placeIn(place: Place | null | undefined, key: string | null): Place | null {
  if (place === undefined) return 'line'
  if (place === 'line') return key === 'log' || key === 'record' ? key : null
  return place === 'record' && key === 'level' ? 'record.level' : null
}

function ofField(place: Place | undefined, key: string, value: JsonScalar, ofNextcloud: boolean): Level {
  switch (place) {
    case 'line':
      return levelOfField(key, value, ofNextcloud)
    case 'log':
      return key === 'level' ? levelOfValue(value) : null
    case 'record.level':
      return levelOfLoguru(key, value)
    default:
      return null
  }
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
