import type { Level } from './levels'
import { levelOfLetter, levelOfWord } from './levelWords'

/** A header has at most this many fields before its level. */
const MAX_FIELDS = 14
const MAX_SEARCHED = 300

/** glog and klog: `E0123 14:03:22.104 …`; Android and tornado: `[E 230102 …`. */
const GLOG = /^\[?([FEWID])(?:\d{4}| \d{6}) \d\d:\d\d/
/** Ruby: `E, [2026-01-02T…`. */
const RUBY = /^([FEWID]), \[/
/** etcd: `2026-01-02 03:04:05.000000 W | …`. */
const ETCD = /^[\d-]+ [\d:.]+ ([FEWIND]) \| /
/** Redis: `1:M 02 Jan 2026 03:04:05.000 # …`. */
const REDIS = /^\d+:[XCSM] \d\d? \w{3} \d{4} [\d:.]+ ([.*#-]) /
const OF_REDIS: Record<string, Level> = { '.': 'debug', '-': 'debug', '*': 'info', '#': 'warn' }
/** RFC 3164: `Jan  2 03:04:05 host program[12]: `. */
const SYSLOG = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: /
/** Programs that start each line with their name. */
const PROGRAM = /^(?:PHP|npm|yarn|pnpm) +/

const SEPARATOR = /(?:[\s|•·,]|=+>|-+(?=[\s[]))+/y
const BRACKET = /\[([^\][]{0,80})\]|\(([^()]{0,80})\)|<([^<>]{0,80})>|\{([^{}]{0,80})\}/y
const TIME =
  /(?:[\d+#][\d\-:.,/TZ+#]*(?:[AP]M)?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun),?|UTC|GMT|CES?T|[A-Z][SD]T|[AP]M):?(?=[\s[\]|]|$)/y
const NAME = /[^\s[\](){}<>|"'=]+/y
const WORD = /([A-Za-z]+)(!|:|\/|[\s\])>|,[-]|$)/y
/** Words that are a level only before a colon: .NET's, PostgreSQL's, Java's. */
const BEFORE_COLON: Record<string, Level> = { fail: 'error', LOG: 'info', CONFIG: 'info', failure: 'error' }
/** Words that are a level only alone in brackets: MySQL's. */
const IN_BRACKETS: Record<string, Level> = { note: 'info', system: 'info' }
/** Without a time before it, a word without a colon is a level in capitals only: many sentences begin with "Error". */
const isCapital = (word: string) => word === word.toUpperCase()

/**
 * The level in the header of a line: after times, names and brackets, and before the message. Null when the message
 * begins first.
 */
export function headerLevel(text: string): Level {
  const head = text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text
  const letter = GLOG.exec(head) ?? RUBY.exec(head) ?? ETCD.exec(head)
  if (letter) return levelOfLetter(letter[1]!)
  const redis = REDIS.exec(head)
  if (redis) return OF_REDIS[redis[1]!] ?? null
  const program = PROGRAM.exec(head)
  const start = (SYSLOG.exec(head) ?? program)?.[0].length ?? 0
  return scan(head, start, program !== null)
}

/**
 * @param headed whether a word in small letters may be a level without a colon: after a time, a bracket or a separator
 */
function scan(head: string, start: number, headed: boolean): Level {
  let at = start
  let named = false
  for (let fields = 0; fields < MAX_FIELDS; fields++) {
    at = after(SEPARATOR, head, at)
    const bracket = match(BRACKET, head, at)
    if (bracket) {
      const level = inBrackets(bracket[1] ?? bracket[2] ?? bracket[3] ?? bracket[4] ?? '')
      if (level !== null) return level
      at += bracket[0].length
      if (head[at] === ':') at++
      headed = true
      continue
    }
    const time = match(TIME, head, at)
    if (time) {
      headed ||= time[0].includes(':')
      at += time[0].length
      continue
    }
    const level = word(head, at, headed)
    if (level !== null) return level
    const name = match(NAME, head, at)
    if (!name || fields === 0 || named) return null
    // One name may come before the level: a logger before a dash or a colon, a user before PostgreSQL's level.
    const end = at + name[0].length
    const next = after(SEPARATOR, head, end)
    const colon = name[0].endsWith(':')
    const dash = /^\s+[-|]\s/.test(head.slice(end, end + 4))
    if (!colon && !dash && !/^[A-Z]+: /.test(head.slice(next, next + 12))) return null
    named = true
    headed = dash
    at = end
  }
  return null
}

/** A level word at this place, with a delimiter after it. */
function word(head: string, at: number, headed: boolean): Level {
  const found = match(WORD, head, at)
  if (!found) return null
  const [, text = '', delimiter] = found
  if (delimiter === ':') {
    const level = BEFORE_COLON[text] ?? levelOfWord(text)
    // A name with a colon inside, such as a host with a port, is no level.
    return level !== null && !/\d/.test(head[at + text.length + 1] ?? '') ? level : null
  }
  if (text.toLowerCase() === 'fatal' && /^ error:/i.test(head.slice(at + text.length, at + text.length + 7)))
    return 'error'
  if (delimiter === '/' || delimiter === '-' || delimiter === ',') return null
  return headed || isCapital(text) ? levelOfWord(text) : null
}

/** `[error]`, `[12:00:00 INF]`, `[core:error]`, `[2026-01-02 03:04:05: ERROR/MainProcess]`. */
function inBrackets(content: string): Level {
  const text = content.trim()
  const alone = levelOfWord(text) ?? IN_BRACKETS[text.toLowerCase()] ?? null
  if (alone !== null) return alone
  const module = /^[\w-]+:([a-z]+)$/.exec(text)
  if (module) return levelOfWord(module[1]!)
  let at = 0
  for (let times = 0; times < 6; times++) {
    at = after(SEPARATOR, text, at)
    const time = match(TIME, text, at)
    if (!time) break
    at += time[0].length
  }
  if (at === 0) return null
  const found = match(WORD, text, at)
  return found ? levelOfWord(found[1]!) : null
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function after(pattern: RegExp, text: string, at: number): number {
  return match(pattern, text, at) ? pattern.lastIndex : at
}
