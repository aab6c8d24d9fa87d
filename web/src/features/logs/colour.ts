/**
 * Makes colours that were chosen for a black terminal readable on the page's dark and light backgrounds: mixes them
 * with white or black until the contrast is 4.5:1.
 */
const DARK_GROUND = luminance([0x11, 0x15, 0x1d])
const LIGHT_GROUND = 1
const ENOUGH = 4.6
const STEP = 0.04

type Rgb = [red: number, green: number, blue: number]

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

/** A readable variant of a colour, as CSS for both colour schemes. */
export function readableOn(red: number, green: number, blue: number): string {
  const rgb: Rgb = [byte(red), byte(green), byte(blue)]
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

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function byte(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(255, Math.round(value))) : 0
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`
}
