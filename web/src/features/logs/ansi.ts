/**
 * A line's text as the segments that a terminal would show: colours as classes, every other escape left out.
 * The result is text for text nodes; nothing here ever makes markup.
 */
export interface Segment {
  text: string
  /** Space-separated class names; empty for plain text. */
  classes: string
}

/** ESC [ parameters final | ESC ] … BEL or ESC \ | ESC P/X/^/_ … ESC \ | ESC and one or two characters. */
const ESCAPE =
  /\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]|$)|\x9b([0-9;:]*)([@-~])/g
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

interface Style {
  colour: number | null
  background: boolean
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
}

const PLAIN: Style = {
  colour: null,
  background: false,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
}

/** Docker cuts a line that never ends after so many bytes, in the middle of a rewrite: its last piece is none. */
const CUT_LENGTH = 16 * 1024

/** What a progress bar's last carriage return left standing. */
export function lastOverwrite(text: string): string {
  if (!text.includes('\r')) return text
  const parts = text.split('\r')
  if (text.length >= CUT_LENGTH && parts.length > 2) parts.pop()
  for (let i = parts.length - 1; i >= 0; i--) if (parts[i] !== '') return parts[i]!
  return ''
}

export function segments(text: string): Segment[] {
  if (!text.includes('\x1b') && !text.includes('\x9b')) return plain(text)
  const found: Segment[] = []
  let style = PLAIN
  let from = 0
  const add = (piece: string) => {
    if (piece !== '') found.push({ text: printable(piece), classes: classesOf(style) })
  }
  for (const escape of text.matchAll(ESCAPE)) {
    add(text.slice(from, escape.index))
    from = escape.index + escape[0].length
    const final = escape[2] ?? escape[4]
    if (final === 'm') style = restyled(style, escape[1] ?? escape[3] ?? '')
  }
  add(text.slice(from))
  return found
}

function plain(text: string): Segment[] {
  return text === '' ? [] : [{ text: printable(text), classes: '' }]
}

/** Control characters, and those that turn the direction of text, become their visible pictures. */
function printable(text: string): string {
  return text.replace(CONTROL, (c) => {
    const code = c.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** Select Graphic Rendition: what the numbers of `ESC [ … m` do to the style. */
function restyled(style: Style, parameters: string): Style {
  const next = { ...style }
  const codes = parameters.split(/[;:]/).map(Number)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes, i + 1)
      if (code === 38) next.colour = colour
      else next.background = colour !== null
      i += used
    } else {
      apply(next, code)
    }
  }
  return next
}

function apply(style: Style, code: number): void {
  if (code === 0) Object.assign(style, PLAIN)
  else if (code === 1) style.bold = true
  else if (code === 2) style.dim = true
  else if (code === 22) style.bold = style.dim = false
  else if (code === 3 || code === 23) style.italic = code === 3
  else if (code === 4 || code === 24) style.underline = code === 4
  else if (code === 7 || code === 27) style.background = code === 7
  else if (code >= 30 && code <= 37) style.colour = code - 30
  else if (code >= 90 && code <= 97) style.colour = code - 82
  else if (code === 39) style.colour = null
  else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) style.background = true
  else if (code === 49) style.background = false
}

/** `5;n` or `2;r;g;b`: the nearest of the sixteen, whose contrast is known; and how many codes it took. */
function extendedColour(codes: number[], at: number): [number | null, number] {
  if (codes[at] === 5) return [nearestOf256(codes[at + 1] ?? 0), 2]
  if (codes[at] === 2) return [nearest(codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0), 4]
  return [null, 0]
}

function nearestOf256(n: number): number {
  if (n < 16) return n
  if (n >= 232) return n < 244 ? 8 : 7
  const step = (of: number) => (of === 0 ? 0 : 55 + of * 40)
  const cube = n - 16
  return nearest(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6))
}

function nearest(red: number, green: number, blue: number): number {
  const highest = Math.max(red, green, blue)
  const lowest = Math.min(red, green, blue)
  if (highest - lowest < 48) return highest < 128 ? 8 : 7
  const middle = (highest + lowest) / 2
  const hue = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0)
  return highest > 200 ? hue + 8 : hue
}

function classesOf(style: Style): string {
  const names: string[] = []
  if (style.colour !== null) names.push(`ansi-${style.colour}`)
  if (style.background) names.push('ansi-back')
  if (style.bold) names.push('ansi-bold')
  if (style.dim) names.push('ansi-dim')
  if (style.italic) names.push('ansi-italic')
  if (style.underline) names.push('ansi-underline')
  return names.join(' ')
}
