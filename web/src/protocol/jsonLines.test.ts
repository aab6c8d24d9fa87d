import { expect, it } from 'vitest'
import { JsonLines } from './jsonLines'

it('parses lines that arrive in pieces cut anywhere', () => {
  const found: unknown[] = []
  const lines = new JsonLines((json) => found.push(json))
  for (const piece of ['{"a":', '1}\n{"b', '":"é\\n"}', '\n', '\n{"c":3}\n{"incom']) lines.push(piece)
  expect(found).toEqual([{ a: 1 }, { b: 'é\n' }, { c: 3 }])
})

it('fails on a line that is no JSON', () => {
  expect(() => new JsonLines(() => undefined).push('<html>\n')).toThrow()
})
