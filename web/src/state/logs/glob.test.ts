import { expect, it } from 'vitest'
import { fitsPattern } from './glob'

it.each([
  ['web', 'my-Web-1', true],
  ['web', 'we', false],
  ['web-*', 'WEB-1', true],
  ['web-*', 'my-web-1', false],
  ['*db?', 'my-db1', true],
  ['*db?', 'db', false],
  ['*db?', 'db-db2', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-b-c-d', false],
  ['**', '', true],
  ['?', '', false],
  ['a.b*', 'axb', false],
  ['(*', '(x', true],
])('%s fits %s: %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits)
})

it('a pattern with many stars is decided at once', () => {
  expect(fitsPattern(`${'*a'.repeat(40)}*b`, 'a'.repeat(10_000))).toBe(false)
})
