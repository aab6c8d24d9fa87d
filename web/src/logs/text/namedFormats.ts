import type { Level } from './levels'
import { levelOfLetter, levelOfWord } from './levelWords'

// Each pattern has one group: the letter, the word or the mark of the level, in its place of a format.

const AFTER_DIGITS: readonly RegExp[] = [
  // etcd: `2026-01-02 03:04:05.000000 W | …`; Telegraf: `2026-01-02T03:04:05Z E! …`; MongoDB 4.2:
  // `2026-01-02T03:04:05.000+0000 D1 COMMAND  [conn1] …`.
  /^[\d-]+[ T][\d:.Z+-]+ ([FEWINDT])(?: \| |! |[1-5]? +[A-Z_-]+ +\[)/,
  // Gitea and Forgejo: `2026/01/02 03:04:05 cmd/web.go:1:run() [I] …`.
  /^\d{4}\/\d\d\/\d\d [\d:]+ \S+ \[([FEWIDT])\] /,
  // Redis: `1:M 02 Jan 2026 03:04:05.000 # …`; KeyDB has two numbers.
  /^\d+:(?:\d+:)?[XCSM] \d\d? \w{3} \d{4} [\d:.]+ ([.*#-]) /,
]
const IN_BRACKETS: readonly RegExp[] = [
  // Android and tornado: `[E 260102 03:04:05 …`.
  /^\[([FEWID])(?:\d{4}| ?\d{6}) \d\d:\d\d/,
  // ESPHome: `[03:04:05][C][wifi:1]: …`.
  /^\[[\d:.]+\]\[([EWICDV])V?\]\[/,
  // Icinga: `[2026-01-02 03:04:05 +0000] warning/ApiListener: …`.
  /^\[[\d:+ -]+\] ([a-z]+)\/\w+: /,
  // The state of a job, as systemd writes it to the console.
  /^\[( {2}OK {2}|FAILED| TIME | ONCE |DEPEND|ASSERT|UNSUPP)\] /,
]
const AFTER_LETTERS: readonly RegExp[] = [
  // glog and klog: `E0123 14:03:22.104 …`; CockroachDB: `I260102 14:03:22.104 …`.
  /^([FEWID])\d{4}(?:\d\d)? \d\d:\d\d/,
  // Ruby: `E, [2026-01-02T…`.
  /^([FEWID]), \[/,
  // Zigbee2MQTT: `Zigbee2MQTT:error 2026-01-02 03:04:05: …`.
  /^\w+:([a-z]+) +\d{4}-\d\d-\d\d/,
]
/** The marks of Redis, and systemd's states. */
const OF_MARK = new Map<string, Level>([
  ['.', 'debug'],
  ['-', 'debug'],
  ['*', 'info'],
  ['#', 'warn'],
  ['  OK  ', 'info'],
  ['FAILED', 'error'],
  [' TIME ', 'error'],
  [' ONCE ', 'error'],
  ['DEPEND', 'warn'],
  ['ASSERT', 'warn'],
  ['UNSUPP', 'warn'],
])

/** The level of a line by a format that its beginning shows; null for another line. */
export function levelOfFormat(head: string): Level {
  const formats = head.startsWith('[')
    ? IN_BRACKETS
    : head.charCodeAt(0) <= 0x39
      ? AFTER_DIGITS
      : AFTER_LETTERS
  for (const format of formats) {
    const mark = format.exec(head)?.[1]
    if (mark !== undefined)
      return OF_MARK.get(mark) ?? (mark.length === 1 ? levelOfLetter(mark) : levelOfWord(mark))
  }
  return null
}
