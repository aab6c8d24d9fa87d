import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, luminance, type Rgb } from './colour'

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
    const alike = pairs.filter(([one, other]) => distance(colours.get(one)!, colours.get(other)!) < 40)
    expect(alike).toEqual([])
  })
})

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(...one.map((part, i) => part - other[i]!))
}
