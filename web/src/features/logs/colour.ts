/**
 * Makes colours that were chosen for a black terminal readable on the page's dark and light backgrounds: mixes them
 * with white or black until the contrast is 4.5:1.
 */
const DARK_GROUND = luminance([0x11, 0x15, 0x1d])
const LIGHT_GROUND = 1
const ENOUGH = 4.6
const STEP = 0.04

export type Rgb = [red: number, green: number, blue: number]

const known = new Map<number, string>()
const MAX_KNOWN = 4096

/** The 256-colour table without its first sixteen, which the page defines: a cube with six steps per side, then greys. */
export function colourOf256(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + (Math.min(index, 255) - 232) * 10
    return [grey, grey, grey]
  }
  const step = (of: number) => (of === 0 ? 0 : 55 + of * 40)
  const cube = index - 16
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]
}

/** The basic sixteen colours as xterm shows them, for texts with a background that is not of the page. */
export const BASIC: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
]

/** A colour of three numbers from a log, which may be missing or out of range. */
export function rgbOf(red = 0, green = 0, blue = 0): Rgb {
  return [byte(red), byte(green), byte(blue)]
}

/**
 * The colour of a text on a background that is shown as written, as CSS.
 *
 * @param ink null: black or white, whichever is read better
 * @param exact false: only a shade of the colour that can be read
 */
export function inkOn(ground: Rgb, ink: Rgb | null, exact: boolean): string {
  if (ink && exact) return css(ink)
  const light = luminance(ground)
  const best = contrast(light, 1) > contrast(light, 0) ? 255 : 0
  return css(ink ? moved(ink, light, best) : [best, best, best])
}

/** A readable variant of a colour on the page's background, as CSS for both colour schemes. */
export function readableOn(red: number, green: number, blue: number): string {
  const rgb = rgbOf(red, green, blue)
  const key = (rgb[0] << 16) | (rgb[1] << 8) | rgb[2]
  let made = known.get(key)
  if (!made) {
    made = `light-dark(${css(moved(rgb, LIGHT_GROUND, 0))}, ${css(moved(rgb, DARK_GROUND, 255))})`
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, made)
  }
  return made
}

/** Mixes a colour with white or black in small steps until the contrast is enough. */
function moved(rgb: Rgb, ground: number, towards: number): Rgb {
  for (let share = 0; share < 1; share += STEP) {
    const tried = rgb.map((value) => Math.round(value + (towards - value) * share)) as Rgb
    if (contrast(luminance(tried), ground) >= ENOUGH) return tried
  }
  return [towards, towards, towards]
}

export function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** The light of one part of a colour, from 0 to 1. */
export function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function byte(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(255, Math.round(value))) : 0
}

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`
}
