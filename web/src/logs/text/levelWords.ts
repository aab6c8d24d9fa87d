import type { Level } from './levels'

/** The names that formats have for levels. */
const WORDS: Record<Exclude<Level, null>, string> = {
  error: 'fatal panic dpanic emerg emergency crit critical alert ftl fata error err erro eror severe',
  warn: 'warn warning wrn',
  info: 'info information inf notice',
  debug: 'debug dbug dbg debu trace trce trc verbose vrb fine finer finest silly',
}
const LEVEL_OF = new Map(
  Object.entries(WORDS).flatMap(([level, words]) => words.split(' ').map((word) => [word, level as Level])),
)

/** Null for a word that names no level. */
export function levelOfWord(word: string): Level {
  return LEVEL_OF.get(word.toLowerCase()) ?? null
}

/** Of glog, klog, MongoDB, etcd, Telegraf, Gitea, ESPHome and Android; null for any other letter. */
export function levelOfLetter(letter: string): Level {
  switch (letter) {
    case 'F':
    case 'E':
      return 'error'
    case 'W':
      return 'warn'
    case 'I':
    case 'N':
    case 'C':
      return 'info'
    case 'D':
    case 'V':
    case 'T':
      return 'debug'
    default:
      return null
  }
}

/** Of a severity from 0 (emergency) to 7 (debug). */
export function levelOfSyslog(severity: number): Level {
  if (severity <= 3) return 'error'
  if (severity === 4) return 'warn'
  return severity <= 6 ? 'info' : 'debug'
}

/** Of a numeric level field: pino and bunyan count from 10 to 60, GELF has syslog's severities. */
export function levelOfNumber(number: number): Level {
  if (!Number.isInteger(number) || number < 0 || number > 60) return null
  if (number < 8) return levelOfSyslog(number)
  if (number < 10) return null
  if (number >= 50) return 'error'
  if (number >= 40) return 'warn'
  return number >= 30 ? 'info' : 'debug'
}
