import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, linear, luminance, type Rgb } from './colour'

const css = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8')
const names = [...css('nameColour.css').matchAll(/\.tone-(\d) \{\s*color: var\(--([\w-]+)\)/g)].map(
  ([, , token]) => token!,
)

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colours = new Map(
    [...css('../../styles/tokens.css').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
      ([, token, light, dark]) => [token!, rgb(theme === 'light' ? light! : dark!)] as const,
    ),
  )

  it.each(names)('the name colour %s can be read, and is not grey like the times', (token) => {
    const colour = colours.get(token)!
    for (const ground of ['bg-0', 'bg-1', 'bg-2', 'bg-3'])
      expect(contrast(luminance(colour), luminance(colours.get(ground)!))).toBeGreaterThanOrEqual(4.5)
    expect(Math.max(...colour) - Math.min(...colour)).toBeGreaterThan(60)
  })

  it('the eight name colours can be told apart', () => {
    expect(names).toHaveLength(8)
    const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const))
    const alike = pairs.filter(([one, other]) => distance(colours.get(one)!, colours.get(other)!) < 0.08)
    expect(alike).toEqual([])
  })
})

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb
}

/** As an eye sees it: the distance in the OKLab colour space. */
function distance(one: Rgb, other: Rgb): number {
  const to = okLab(other)
  return Math.hypot(...okLab(one).map((part, i) => part - to[i]!))
}

function okLab(colour: Rgb): number[] {
  const [red, green, blue] = colour.map(linear) as Rgb
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
