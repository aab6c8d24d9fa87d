import type { Level } from './levels'
import { levelOfWord } from './levelWords'

const MAX_SEARCHED = 1000
/** A pair with a bare or a quoted value, or any other word, quoted or not. */
const PART = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"?|([^\s"]*))|"(?:[^"\\]|\\.)*"?|\S+/g
const FIELD = /^(?:level|lvl|severity|loglevel|levelname|log\.level)$/i

/** The level of a line with a field such as `level=error`; null without one. */
export function logfmtLevel(text: string): Level {
  const start = text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text
  if (!start.includes('evel=') && !start.includes('lvl=') && !start.includes('everity=')) return null
  for (const [, key, quoted, bare] of start.matchAll(PART)) {
    if (key !== undefined && FIELD.test(key)) return levelOfWord((quoted ?? bare ?? '').replace(/[,;]$/, ''))
  }
  return null
}
