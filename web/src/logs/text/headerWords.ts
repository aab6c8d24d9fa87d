import { after, match, SEPARATOR } from './headerFields'
import { afterTime } from './headerTimes'
import type { Level } from './levels'
import { levelOfWord } from './levelWords'

const MAX_TIMES_IN_BRACKETS = 6
const WORD = /([A-Za-z]+)(!|:|\/|[\s\])>|,[-]|$)/y
/** PHP's and unbound's, BIND's. */
const TWO_WORDS = /(?:((?:[Ff]atal|FATAL|[Pp]arse) (?:[Ee]rror|ERROR))|[Dd]ebug \d+):/y
/** Monolog's `channel.ERROR:`. */
const CHANNEL = /[\w.-]+\.([A-Z]+):(?!\S)/y
/** The custom of Unix: `s6-rc: fatal: …`, `nginx: [emerg] …`, `unbound[1:0] error: …`. */
const OF_PROGRAM = /[\w./@+-]+(?::|\[\d[\d:]*\]:?) (?:([A-Za-z]+):(?!\S)|\[([a-z]+)\] )/y
const IN_SMALL_LETTERS = /([a-z]+)(?!\S)/y
/** Words that are a level only before a colon: .NET's, PostgreSQL's, Java's. */
const BEFORE_COLON = new Map<string, Level>([
  ['fail', 'error'],
  ['failure', 'error'],
  ['LOG', 'info'],
  ['CONFIG', 'info'],
])
/** Words that are a level only in capitals after a time: Nest's, loguru's. */
const IN_CAPITALS = new Map<string, Level>([
  ['LOG', 'info'],
  ['SUCCESS', 'info'],
])
/** Words that are a level only alone in brackets: MySQL's, RabbitMQ's. */
const IN_BRACKETS = new Map<string, Level>([
  ['note', 'info'],
  ['system', 'info'],
  ['noti', 'info'],
  ['alrt', 'error'],
  ['emgc', 'error'],
])
const isCapital = (word: string) => word === word.toUpperCase()
/** Ends a column: a delimiter, a tab, several blanks; or a blank before a bracket, a quote, a separator or a pair. */
const COLUMN_END = /$|\S|\t|\s(?:[\s[(<{"']|[-|•·]+(?:\s|$)|[=-]+>|[\w.@-]+=)/y

/**
 * The level word at this place, with a delimiter after it. Many sentences begin with "Error": without a colon, a word in
 * small letters is a level in a column of its own only, after a time, a bracket or a dash.
 *
 * @param headed whether one of these comes before it
 */
export function levelWord(head: string, at: number, headed: boolean): Level {
  const found = match(WORD, head, at)
  const level = found && delimited(head, at, headed, found)
  return level ?? (headed ? lettersOf(CHANNEL, head, at) : null)
}

function delimited(
  head: string,
  at: number,
  headed: boolean,
  [, word = '', delimiter]: RegExpExecArray,
): Level {
  if (delimiter === ':') {
    // A name with a colon inside, such as a host with a port, is no level.
    if (/\d/.test(head[at + word.length + 1] ?? '')) return null
    return BEFORE_COLON.get(word) ?? levelOfWord(word)
  }
  if (delimiter === '/' || delimiter === '-' || delimiter === ',') return null
  const two = match(TWO_WORDS, head, at)
  if (two) return two[1] === undefined ? 'debug' : 'error'
  if (!isCapital(word)) return headed && match(COLUMN_END, head, at + word.length) ? levelOfWord(word) : null
  return (headed ? IN_CAPITALS.get(word) : null) ?? levelOfWord(word)
}

/** The level at the start of a line, after the name of a program. */
export function levelOfProgram(head: string, at: number): Level {
  return lettersOf(OF_PROGRAM, head, at)
}

/** The level after a program that starts each line with its name: `npm error code 1`. */
export function levelInSmallLetters(head: string, at: number): Level {
  return lettersOf(IN_SMALL_LETTERS, head, at)
}

function lettersOf(pattern: RegExp, head: string, at: number): Level {
  const found = match(pattern, head, at)
  return found ? levelOfWord(found[1] ?? found[2]!) : null
}

/** `[error]`, `[12:00:00 INF]`, `[core:error]`, `[2026-01-02 03:04:05: ERROR/MainProcess]`, `[WARN  tini (7)]`. */
export function levelInBrackets(content: string): Level {
  const text = content.trim()
  const alone = levelOfWord(text) ?? IN_BRACKETS.get(text.toLowerCase()) ?? null
  if (alone !== null) return alone
  const module = /^[\w-]+:([a-z]+)$/.exec(text)
  if (module) return levelOfWord(module[1]!)
  let at = 0
  for (let times = 0; times < MAX_TIMES_IN_BRACKETS; times++) {
    at = after(SEPARATOR, text, at)
    const end = afterTime(text, at)
    if (end === at) break
    at = end
  }
  const found = match(WORD, text, at)
  if (!found) return null
  const [, word = '', delimiter = ''] = found
  return at > 0 || (isCapital(word) && /\s/.test(delimiter)) ? levelOfWord(word) : null
}
