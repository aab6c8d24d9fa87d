import { after, afterName, afterSyslog, BRACKET, isDash, match, PROGRAM, SEPARATOR } from './headerFields'
import { afterTime } from './headerTimes'
import { levelInBrackets, levelInSmallLetters, levelOfProgram, levelWord } from './headerWords'
import type { Level } from './levels'
import { logfmtLevel } from './logfmtLevel'
import { levelOfFormat } from './namedFormats'

/** A header has at most this many fields before its level. */
const MAX_FIELDS = 14
const MAX_SEARCHED = 300

/**
 * The level in the header of a line: after times, names and brackets, and before the message. Null when the message
 * begins first.
 */
export function headerLevel(text: string): Level {
  const head = text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text
  return levelOfFormat(head) ?? scan(text, head)
}

function scan(text: string, head: string): Level {
  const start = afterSyslog(head)
  let at = start
  let headed = false
  let named = false
  for (let fields = 0; fields < MAX_FIELDS; fields++) {
    at = after(SEPARATOR, head, at)
    const bracket = match(BRACKET, head, at)
    if (bracket) {
      const level = levelInBrackets(bracket[1] ?? bracket[2] ?? bracket[3] ?? bracket[4] ?? '')
      if (level !== null) return level
      at += bracket[0].length
      if (head[at] === ':') at++
      headed = true
      continue
    }
    const time = afterTime(head, at)
    if (time > at) {
      headed ||= /[:@]/.test(head.slice(at, time))
      at = time
      continue
    }
    const program = after(PROGRAM, head, at)
    const small = program > at ? levelInSmallLetters(head, program) : null
    at = program
    const level = small ?? levelWord(head, at, headed) ?? logfmtLevel(text, at)
    if (level !== null) return level
    if (fields === 0 && start === 0) return levelOfProgram(head, at)
    const end = named ? at : afterName(head, at)
    if (end === at) return null
    named = true
    headed = isDash(head, end)
    at = end
  }
  return null
}
