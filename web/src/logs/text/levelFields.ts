import type { Level } from './levels'
import { levelOfLetter, levelOfNumber, levelOfSyslog, levelOfWord } from './levelWords'

/** A string, a number or a word of a JSON line. */
export interface JsonScalar {
  /** The content of a string; null for another value. */
  string: string | null
  text: string
}

const OF_MYSQL: readonly Level[] = ['info', 'error', 'warn', 'info']
/** The fields that hold the name of a level or a number, in small letters. */
const FIELDS = new Set([
  'level',
  'lvl',
  'severity',
  'levelname',
  'loglevel',
  'log_level',
  'level_name',
  'log.level',
  'severity_text',
  'severitytext',
  'error_severity',
  '@level',
  '@l',
])
/** OpenTelemetry's. */
const NUMBERS = new Set(['severity_number', 'severitynumber'])
const LONGEST = 15
const SMALL_NUMBER = /^\d\d?$/
/** MongoDB's values of `s`. */
const LETTER = /^(?:[FEWI]|D[1-5]?)$/
/** Nextcloud counts from debug to fatal. */
const OF_NEXTCLOUD: readonly Level[] = ['debug', 'info', 'warn', 'error', 'error']

/**
 * The level that a field at the top of a JSON line says; null when it says none.
 *
 * @param ofNextcloud whether the line is one of Nextcloud's, which numbers its levels in its own way
 */
export function levelOfField(key: string, value: JsonScalar, ofNextcloud: boolean): Level {
  if (key.length > LONGEST) return null
  if (key === 's') return LETTER.test(value.string ?? '') ? levelOfLetter(value.string![0]!) : null
  if (key === 'PRIORITY') return ofJournal(smallNumber(value))
  const name = key.toLowerCase()
  if (NUMBERS.has(name)) return ofOpenTelemetry(smallNumber(value))
  if (!FIELDS.has(name)) return null
  return (ofNextcloud ? OF_NEXTCLOUD[smallNumber(value)] : null) ?? levelOfValue(value)
}

/** Of a field that holds the name of a level or a number. */
export function levelOfValue({ string, text }: JsonScalar): Level {
  if (string === null) return levelOfNumber(Number(text))
  return /^\d+$/.test(string) ? levelOfNumber(Number(string)) : levelOfWord(string.trim())
}

/** Of a field of loguru's `record.level`: its name, or its number, for a level that a program has added. */
export function levelOfLoguru(key: string, value: JsonScalar): Level {
  if (key === 'name') return levelOfValue(value)
  return key === 'no' ? ofPython(smallNumber(value)) : null
}

/** Of MySQL's `prio`: system, error, warning, note. */
export function levelOfMySql(value: JsonScalar): Level {
  return OF_MYSQL[smallNumber(value)] ?? null
}

/** -1 for another value. */
function smallNumber({ string, text }: JsonScalar): number {
  const value = string ?? text
  return SMALL_NUMBER.test(value) ? Number(value) : -1
}

function ofJournal(priority: number): Level {
  return priority >= 0 && priority <= 7 ? levelOfSyslog(priority) : null
}

/** Debug is 10, info 20, warn 30, error 40. */
function ofPython(number: number): Level {
  if (number < 0) return null
  if (number >= 40) return 'error'
  if (number >= 30) return 'warn'
  return number >= 20 ? 'info' : 'debug'
}

/** Trace from 1, debug from 5, info from 9, warn from 13, error from 17, fatal from 21 to 24. */
function ofOpenTelemetry(severity: number): Level {
  if (severity < 1 || severity > 24) return null
  if (severity < 9) return 'debug'
  if (severity < 13) return 'info'
  return severity < 17 ? 'warn' : 'error'
}
