import { jsonParts } from '../../logs/text/json'

/** A field of a JSON line, at any depth: its path such as `user.id`, and its value. */
export interface JsonField {
  path: string
  /** A string without its quotes; any other value as it is in the line. */
  value: string
  /** A search text that finds lines with this field. */
  query: string
}

const MAX_FIELDS = 200

/** An object or list that is open at some place in the line. */
interface Level {
  path: string
  /** Name of the current field, or its number in a list. */
  name: string
  /** Where the current field starts in the text. */
  from: number
  /** Null in an object. */
  index: number | null
}

/** The fields of a JSON line as a flat list, in their order and with doubled ones; empty when the line is not JSON. */
export function jsonFields(text: string): JsonField[] {
  const found: JsonField[] = []
  const levels: Level[] = []
  for (const { kind, from, to } of jsonParts(text) ?? []) {
    if (found.length >= MAX_FIELDS) break
    const level = levels.at(-1)
    const part = text.slice(from, to)
    if (kind === 'open') {
      levels.push({ path: level ? pathOf(level) : '', name: '0', from: to, index: part === '[' ? 0 : null })
    } else if (kind === 'close') {
      levels.pop()
    } else if (kind === 'key') {
      level!.name = unquoted(part)
      level!.from = from
    } else if (kind === 'comma' && level!.index !== null) {
      level!.index++
      level!.name = String(level!.index)
    } else if (kind === 'string' || kind === 'number' || kind === 'word') {
      const value = kind === 'string' ? unquoted(part) : part
      const start = level!.index === null ? level!.from : from
      found.push({ path: pathOf(level!), value, query: queryFor(text.slice(start, to)) })
    }
  }
  return found
}

function pathOf({ path, name }: Level): string {
  return path === '' ? name : `${path}.${name}`
}

/** The text of a JSON string. */
function unquoted(json: string): string {
  return JSON.parse(json) as string
}

/** Searches for the characters as they are in the line. */
function queryFor(raw: string): string {
  return `/${raw.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/`
}
