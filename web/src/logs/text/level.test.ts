import { expect, it } from 'vitest'
import { RowFactory } from '../rows/rowFactory'
import { golden, levelLines } from '../../testing/examples'
import { levelOf } from './level'
import { plainText } from './plainText'

it.each(levelLines())('$level: $line', ({ level, line }) => {
  const expected = level === 'none' ? null : level === 'fatal' ? 'error' : level
  expect(levelOf(plainText(line))).toBe(expected)
})

it('a backslash before a line separator does not end a string', () => {
  for (const one of ['\r', '\u2028', '\u2029'])
    expect(levelOf(`{"msg":"\\${one}","level":"error"}`)).toBe('error')
})

const STAMP = '2026-01-02T03:04:05.000000000Z '
const levelsOf = (lines: string[]) =>
  new RowFactory()
    .liveLines(
      0,
      lines.map((line) => STAMP + line),
      'o'.repeat(lines.length),
    )
    .map((row) => row.level ?? 'other')

const traces = JSON.parse(golden('traces')) as { name: string; lines: string[]; levels: string[] }[]

it.each(traces)('a stack trace of $name has the level of its first line, to its end', ({ lines, levels }) => {
  expect(levelsOf(lines)).toEqual(levels)
})
