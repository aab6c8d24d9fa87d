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

it('ranks whole words above scattered letters, and beginnings of words first', () => {
  expect(best('order', ['disorderly', 'orders-service', 'old-rack-der'])).toEqual([
    'orders-service',
    'disorderly',
    'old-rack-der',
  ])
  expect(best('fk', ['ffmpeg-twitchk', 'ffmpeg-kick'])[0]).toBe('ffmpeg-kick')
})

it('prefers a letter that begins a word', () => {
  expect(fuzzy('pp', 'pop-proxy')?.at).toEqual([0, 4])
})

it('handles spaces and characters outside ASCII', () => {
  expect(fuzzy('re web', 'Restart web')?.at.length).toBe(5)
  expect(fuzzy('日本', '日本語')?.at).toEqual([0, 1])
})
