import { after, match } from './headerFields'

const MONTH = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const DAY = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'
/** Of the time zone database, where the other zones have numbers, such as `-03`. */
const ZONE =
  'UTC|GMT|ACDT|ACST|ADT|AEDT|AEST|AKDT|AKST|AST|AWST|BST|CAT|CDT|CEST|CET|CST|EAT|EDT|EEST|EET|EST|HDT|HKT|HST|IDT|' +
  'IST|JST|KST|MDT|MSK|MST|NDT|NST|NZDT|NZST|PDT|PKT|PST|SAST|SST|WAT|WEST|WET|WIB|WIT|WITA'
const TIME_WORDS = new Set(`${MONTH}|${DAY}|${ZONE}|AM|PM`.split('|'))
const TIME_WORD = /([A-Z][A-Za-z]{1,3})(?:,|[+-]\d{1,2}(?::?\d\d)?)?:?(?=[\s[\]|]|$)/y
const TIME_FORMS = [
  '[\\d+#][\\d\\-:.,/TZ+#_]*(?:[AP]M)?',
  // 02-Jan-2026, 2026-Jan-02, 02/Jan/2026:03:04:05
  `\\d{1,4}[-/.](?:${MONTH})[-/.]\\d{1,4}(?::[\\d:.]+)?`,
  '-\\d\\d(?::?\\d\\d)?',
  // TAI64N, as s6-log writes it
  '@[\\da-f]{24}',
]
const TIME = new RegExp(`(?:${TIME_FORMS.join('|')}):?(?=[\\s[\\]|]|$)`, 'y')

/** Where a part of a time ends; this place when there is none. */
export function afterTime(head: string, at: number): number {
  const first = head.charCodeAt(at)
  if (first <= 0x40) return after(TIME, head, at)
  const word = first <= 0x5a ? match(TIME_WORD, head, at) : null
  return word && TIME_WORDS.has(word[1]!) ? TIME_WORD.lastIndex : at
}
