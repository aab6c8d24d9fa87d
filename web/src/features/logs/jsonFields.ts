import { parseJson } from '../../logs/text/json'

/** One field of a JSON line, however deep: `user.id` and what it says. */
export interface JsonField {
  path: string
  value: string
  /** Finds lines that have it, written as the line has it. */
  query: string
}

const MOST = 200

/** The fields of a JSON line, flat; empty when it is none. */
export function jsonFields(text: string): JsonField[] {
  const value = parseJson(text)
  const found: JsonField[] = []
  if (value) walk(value, '', text, found)
  return found
}

function walk(value: object, path: string, text: string, found: JsonField[]): void {
  for (const [name, inner] of Object.entries(value)) {
    if (found.length >= MOST) return
    const at = path === '' ? name : `${path}.${name}`
    if (typeof inner === 'object' && inner !== null) walk(inner, at, text, found)
    else found.push({ path: at, value: String(inner), query: queryFor(name, inner, text) })
  }
}

/** The characters of the line itself, so that a search for them finds it: with or without a blank after the colon. */
function queryFor(name: string, value: unknown, text: string): string {
  const tight = `${JSON.stringify(name)}:${JSON.stringify(value)}`
  const loose = `${JSON.stringify(name)}: ${JSON.stringify(value)}`
  const wanted = text.includes(loose) ? loose : tight
  return `/${wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/`
}
