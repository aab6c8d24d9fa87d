import { headerLevel } from './headerLevel'
import { jsonLevel } from './jsonLevel'
import { levelOfSyslog } from './levelWords'
import type { Level } from './levels'

/** No rule looks further into a line than this, in characters. */
const MAX_SEARCHED = 4096 + 64
/** Syslog's priority, as systemd and RFC 5424 write it: `<11>`. */
const PRIORITY = /^<(\d{1,3})>/
const MAX_PRIORITY = 191

/**
 * The level of a line without escape sequences. Only the place of a known format counts: a prefix, a bracket, a level
 * field. A word in a message, a path, a key or a quoted text is none; in doubt there is no level. Blanks before a known
 * format do not count. `golden/levels.tsv` holds the specification as examples.
 */
export function levelOf(line: string): Level {
  const text = line.slice(0, MAX_SEARCHED).trimStart()
  const first = text.charCodeAt(0)
  if (first === 0x7b) return jsonLevel(text)
  if (first === 0x3c) {
    const priority = Number(PRIORITY.exec(text)?.[1])
    if (priority <= MAX_PRIORITY) return levelOfSyslog(priority & 7)
  }
  return headerLevel(text)
}
