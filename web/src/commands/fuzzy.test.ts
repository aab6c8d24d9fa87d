import { expect, it } from 'vitest'
import { fuzzy } from './fuzzy'

const best = (typed: string, texts: string[]) =>
  texts
    .map((text) => ({ text, hit: fuzzy(typed, text) }))
    .filter(({ hit }) => hit !== null)
    .sort((a, b) => b.hit!.score - a.hit!.score)
    .map(({ text }) => text)

it('finds characters in their order, and nothing else', () => {
  expect(fuzzy('ngx', 'nginx-proxy')?.at).toEqual([0, 1, 4])
  expect(fuzzy('xn', 'nginx')).toBeNull()
  expect(fuzzy('', 'anything')).toEqual({ score: 0, at: [] })
})

it('puts whole words before letters here and there, and beginnings before the rest', () => {
  expect(best('order', ['disorderly', 'orders-service', 'old-rack-der'])).toEqual([
    'orders-service',
    'disorderly',
    'old-rack-der',
  ])
  expect(best('fk', ['ffmpeg-twitchk', 'ffmpeg-kick'])[0]).toBe('ffmpeg-kick')
})

it('takes the letter that begins a word', () => {
  expect(fuzzy('pp', 'pop-proxy')?.at).toEqual([0, 4])
})

it('is not troubled by letters of many characters or by spaces', () => {
  expect(fuzzy('re web', 'Restart web')?.at.length).toBe(5)
  expect(fuzzy('日本', '日本語')?.at).toEqual([0, 1])
})
