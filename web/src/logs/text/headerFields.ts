// The fields that the header of a line may have before its level. The patterns match at a place.

import { levelOfWord } from './levelWords'

export const SEPARATOR = /(?:[\s|•·,]|[=-]+>|-+(?=[\s[]))+/y
export const BRACKET = /\[([^\][]{0,160})\]|\(([^()]{0,160})\)|<([^<>]{0,160})>|\{([^{}]{0,160})\}/y
/** Programs that start each line with their name. */
export const PROGRAM = /(?:PHP|npm|yarn|pnpm) +/y

const NAME = /[^\s[\](){}<>|"'=]+/y
/** A process, a user or a session, written at a name: `unbound[1:0]`, `imap(ann)<1><x>:`. */
const ATTACHED = /(?:\([^()\s]*\)|<[^<>\s]*>|\[[^\][\s]*\])+:?/y
const NUMBER = /^\[\d[\d:]*\]$/
const PAIR = /[\w.@-]+=[^\s"]+/y
/**
 * RFC 3164: `Jan  2 03:04:05 host program[12]: `; also with a time of RFC 3339, as rsyslog and journalctl write it: then a
 * word in capitals without a number after it is a level, and no host.
 */
const SYSLOG =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)(?! [A-Z]+ [\w./-]+: )) ([\w.:-]*[\w.-]) ([\w./-]+)(?:\[\d+\])?: /

/** Where the header begins after syslog's; 0 without one. */
export function afterSyslog(head: string): number {
  const syslog = SYSLOG.exec(head)
  if (!syslog || levelOfWord(syslog[1]!) !== null || levelOfWord(syslog[2]!) !== null) return 0
  return syslog[0].length
}

/**
 * Where a name ends that may come before the level: a program with its number, a logger before a dash or a colon, a user
 * before PostgreSQL's level. This place when the message begins here.
 */
export function afterName(head: string, at: number): number {
  const bare = after(NAME, head, at)
  if (bare === at) return at
  const end = head[bare] === '=' ? after(PAIR, head, at) : after(ATTACHED, head, bare)
  if (end === at) return at
  const named =
    head[end - 1] === ':' ||
    NUMBER.test(head.slice(bare, end)) ||
    isDash(head, end) ||
    isCapitalsAndColon(head, after(SEPARATOR, head, end))
  return named ? end : at
}

/** Whether a dash or a bar between blanks follows. */
export function isDash(head: string, at: number): boolean {
  return /^\s+[-|]\s/.test(head.slice(at, at + 4))
}

function isCapitalsAndColon(head: string, at: number): boolean {
  return /^[A-Z]+: /.test(head.slice(at, at + 12))
}

export function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Where the match that begins at this place ends; this place when there is none. */
export function after(pattern: RegExp, text: string, at: number): number {
  return match(pattern, text, at) ? pattern.lastIndex : at
}
