/** The level of a line, as its first words name it; null when they do not. */
export type Level = 'error' | 'warn' | 'info' | 'debug' | null

export const LEVELS = ['error', 'warn', 'info', 'debug', 'other'] as const
export type LevelName = (typeof LEVELS)[number]

const MAX_SEARCHED = 100
const WORD =
  /\b(?:(fatal|panic|critical|crit|error|severe|err)|(warn(?:ing)?)|(info|notice)|(debug|trace|fine(?:st|r)?|verbose))\b/i
/** klog and glog: `E0123 14:03:22.104 …`. */
const KLOG = /^([FEWID])\d{4} \d\d:\d\d/
/** pino and bunyan number their levels. */
const NUMBERED = /"level"\s*:\s*(\d\d)\b/
const NAMED = /["']?(?:level|lvl|severity|levelname)["']?\s*[:=]\s*["']?([a-z]+)/i
const OF_LETTER: Record<string, Level> = { F: 'error', E: 'error', W: 'warn', I: 'info', D: 'debug' }

export function levelOf(text: string): Level {
  const klog = KLOG.exec(text)
  if (klog) return OF_LETTER[klog[1]!] ?? null
  if (text.includes('evel') || text.includes('lvl=') || text.includes('everity')) {
    // A level field is more reliable than a word of the message.
    const start = text.slice(0, 1000)
    const number = NUMBERED.exec(start)
    if (number) return ofNumber(Number(number[1]))
    const named = NAMED.exec(start)
    if (named) return ofWord(WORD.exec(named[1]!))
  }
  return ofWord(WORD.exec(text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text))
}

function ofNumber(level: number): Level {
  if (level >= 50) return 'error'
  if (level >= 40) return 'warn'
  return level >= 30 ? 'info' : 'debug'
}

function ofWord(word: RegExpExecArray | null): Level {
  if (!word) return null
  if (word[1]) return 'error'
  if (word[2]) return 'warn'
  return word[3] ? 'info' : 'debug'
}

const TRACE =
  /^(?:\s+(?:at |\.{3} \d+ |File "|in |\d+: |---|\|)|Caused by: |\t|Traceback |goroutine \d+ |\s{2,}\S)/

/** Whether a line continues the line before it: a stack trace, or its cause. */
export function continues(text: string): boolean {
  const code = text.charCodeAt(0)
  // Only lines that begin with a space, a tab, C, T or g can match.
  if (code !== 0x20 && code !== 0x09 && code !== 0x43 && code !== 0x54 && code !== 0x67) return false
  return TRACE.test(text)
}

export function nameOf(level: Level): LevelName {
  return level ?? 'other'
}
