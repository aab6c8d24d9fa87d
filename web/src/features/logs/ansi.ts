import { ESCAPE, printable } from '../../logs/text/plainText'
import { BASIC, colourOf256, css, inkOn, readableOn, rgbOf, type Rgb } from './colour'

/**
 * A part of a line with one style, as a terminal would show it: colours as classes or values; other escape sequences
 * are removed. The text is for text nodes; nothing here makes markup.
 */
export interface Segment {
  text: string
  /** Space-separated class names; empty for plain text. */
  classes: string
  /** CSS custom properties for colours beyond the basic sixteen; null for none. */
  style: Record<string, string> | null
}

/** One of the basic sixteen as a number, any other as it was written; null for the page's own colour. */
type Colour = number | Rgb | null

interface Style {
  colour: Colour
  background: Colour
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
  struck: boolean
  inverse: boolean
}

const PLAIN: Style = {
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  struck: false,
  inverse: false,
}

export function segments(text: string): Segment[] {
  if (!text.includes('\x1b') && !text.includes('\x9b')) return plain(text)
  const found: Segment[] = []
  let style = PLAIN
  let from = 0
  const add = (piece: string) => {
    if (piece !== '')
      found.push({ text: printable(piece), classes: classesOf(style), style: valuesOf(style) })
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
  return text === '' ? [] : [{ text: printable(text), classes: '', style: null }]
}

/** Select Graphic Rendition: applies the parameters of `ESC [ … m` to a style. */
function restyled(style: Style, parameters: string): Style {
  const next = { ...style }
  // With colons a group is one attribute: 38:2::255:0:0, 4:3. With semicolons its numbers are separate groups.
  for (let groups = parameters.split(';'), i = 0; i < groups.length; i++) {
    const [code, ...own] = groups[i]!.split(':').map(Number)
    if (code === 38 || code === 48 || code === 58) {
      const [colour, used] =
        own.length > 0 ? [ofColons(own), 0] : ofNumbers(groups.slice(i + 1, i + 5).map(Number))
      if (code === 38) next.colour = colour
      else if (code === 48) next.background = colour
      i += used
    } else {
      apply(next, code ?? 0, own[0])
    }
  }
  return next
}

function apply(style: Style, code: number, variant: number | undefined): void {
  if (code === 0) Object.assign(style, PLAIN)
  else if (code === 1) style.bold = true
  else if (code === 2) style.dim = true
  else if (code === 22) style.bold = style.dim = false
  else if (code === 3 || code === 23) style.italic = code === 3
  else if (code === 4 || code === 21) style.underline = variant !== 0
  else if (code === 24) style.underline = false
  else if (code === 7 || code === 27) style.inverse = code === 7
  else if (code === 9 || code === 29) style.struck = code === 9
  else if (code >= 30 && code <= 37) style.colour = code - 30
  else if (code >= 90 && code <= 97) style.colour = code - 82
  else if (code === 39) style.colour = null
  else if (code >= 40 && code <= 47) style.background = code - 40
  else if (code >= 100 && code <= 107) style.background = code - 92
  else if (code === 49) style.background = null
}

/** `5;n` or `2;r;g;b`, and how many numbers were used. */
function ofNumbers([kind, ...rest]: number[]): [Colour, number] {
  if (kind === 5) return [ofIndex(rest[0] ?? 0), 2]
  if (kind === 2) return [rgbOf(rest[0], rest[1], rest[2]), 4]
  return [null, 1]
}

/** `5:n`, `2:r:g:b` or `2:space:r:g:b`. */
function ofColons([kind, ...rest]: number[]): Colour {
  if (kind === 5) return ofIndex(rest[0] ?? 0)
  const [red, green, blue] = rest.length > 3 ? rest.slice(1) : rest
  return kind === 2 ? rgbOf(red, green, blue) : null
}

function ofIndex(index: number): Colour {
  return index < 16 ? index : colourOf256(index)
}

/** The background and the colour of the text on it; null when there is no background of its own. */
function groundOf({ inverse, colour, background }: Style): { ground: Colour; ink: Colour } | null {
  if (inverse) return { ground: colour, ink: background }
  return background === null ? null : { ground: background, ink: colour }
}

function classesOf(style: Style): string {
  const names: string[] = []
  const filled = groundOf(style)
  if (filled) {
    names.push('ansi-ground', isOwn(filled) ? 'ansi-own' : `ansi-${filled.ground ?? 'text'}`)
  } else {
    if (typeof style.colour === 'number') names.push(`ansi-${style.colour}`)
    else if (style.colour !== null) names.push('ansi-own')
    if (style.dim) names.push('ansi-dim')
  }
  if (style.bold) names.push('ansi-bold')
  if (style.italic) names.push('ansi-italic')
  if (style.underline) names.push('ansi-underline')
  if (style.struck) names.push('ansi-struck')
  return names.join(' ')
}

/**
 * Colours beyond the basic sixteen are shown as written where the line has a background of its own. On the page's own
 * background a colour that cannot be read there is changed.
 */
function valuesOf(style: Style): Segment['style'] {
  const filled = groundOf(style)
  if (!filled) return Array.isArray(style.colour) ? { '--own': readableOn(...style.colour) } : null
  if (!isOwn(filled)) return null
  const ground = written(filled.ground)!
  return { '--own': css(ground), '--ink': inkOn(ground, written(filled.ink), Array.isArray(filled.ink)) }
}

/** Whether a text with a background has fixed colours: the page's own and the basic ones differ between its themes. */
function isOwn({ ground, ink }: { ground: Colour; ink: Colour }): boolean {
  return Array.isArray(ground) || (ground !== null && Array.isArray(ink))
}

/** A colour as a terminal shows it; null for the default. */
function written(colour: Colour): Rgb | null {
  return typeof colour === 'number' ? BASIC[colour]! : colour
}
