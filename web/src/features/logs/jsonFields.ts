import { parseJson } from '../../logs/text/json'

/** A field of a JSON line, at any depth: its path such as `user.id`, and its value. */
export interface JsonField {
  path: string
  value: string
  /** A search text that finds lines with this field. */
  query: string
}

const MAX_FIELDS = 200

/** The fields of a JSON line as a flat list; empty when the line is not JSON. */
export function jsonFields(text: string): JsonField[] {
  const value = parseJson(text)
  const found: JsonField[] = []
  if (value) walk(value, '', text, found)
  return found
}

function walk(value: object, path: string, text: string, found: JsonField[]): void {
  for (const [name, inner] of Object.entries(value)) {
    if (found.length >= MAX_FIELDS) return
    const at = path === '' ? name : `${path}.${name}`
    if (typeof inner === 'object' && inner !== null) walk(inner, at, text, found)
    else found.push({ path: at, value: String(inner), query: queryFor(name, inner, text) })
  }
}

/** Searches for the characters as they are in the line: with or without a space after the colon. */
function queryFor(name: string, value: unknown, text: string): string {
  const tight = `${JSON.stringify(name)}:${JSON.stringify(value)}`
  const loose = `${JSON.stringify(name)}: ${JSON.stringify(value)}`
  const wanted = text.includes(loose) ? loose : tight
  return `/${wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/`
}
