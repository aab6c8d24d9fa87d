import { after, match } from './headerFields'
import type { Level } from './levels'
import { levelOfWord } from './levelWords'

const MAX_SEARCHED = 1000
/** A key with a quoted or a bare value. An open quoted value may end inside an escape sequence. */
const PAIR = /([\w.@-]+)=(?:"((?:[^"\\]|\\[^])*\\?)"?|([^\s"]\S*)?)/y
const BLANKS = /\s*/y
const FIELD = /^(?:level|lvl|severity|loglevel|levelname|log\.level)$/i

/**
 * The level of a line of pairs such as `level=error`, from a place on; null without one. Each part up to the level, and
 * the one after it, is a pair: a sentence may hold one.
 */
export function logfmtLevel(text: string, from: number): Level {
  const line = text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text
  let level: Level = null
  for (let at = from; at < line.length; at = after(BLANKS, line, at)) {
    const pair = match(PAIR, line, at)
    if (!pair) return null
    at = PAIR.lastIndex
    if (/\S/.test(line[at] ?? ' ')) return null
    if (level !== null) return level
    const [, key = '', quoted, bare] = pair
    if (isLevelField(key)) level = levelOfWord((quoted ?? bare ?? '').replace(/[,;]$/, ''))
  }
  return level
}

/** In capitals it is a variable of an environment. */
function isLevelField(key: string): boolean {
  return FIELD.test(key) && key !== key.toUpperCase()
}
