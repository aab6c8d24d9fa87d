import { expect, it } from 'vitest'
import { segments } from './ansi'
import { jsonFields } from './jsonFields'
import { fullTimestamp, parseMoment, withFullTimestamps } from './timestamps'
import { parseLine } from '../../logs/rows/row'
import { jsonParts, pretty, tokens } from '../../logs/text/json'
import { levelOf } from '../../logs/text/level'
import { lastOverwrite, plainText, printable } from '../../logs/text/plainText'
import { traceAfter, traceOf } from '../../logs/text/trace'

const LENGTH = 100_000
const MAX_MS = 3000

/** Each reads a line that a container wrote. */
const READERS: Record<string, (line: string) => unknown> = {
  parseLine: (line) => parseLine(0, 0, line, 'o').text,
  plainText,
  printable,
  lastOverwrite,
  levelOf,
  'traceAfter a line': (line) => traceAfter(line, null, 'error'),
  'traceAfter frames': (line) => traceAfter(line, 'frames', 'error'),
  'traceAfter go': (line) => traceAfter(line, 'go', 'error'),
  'traceAfter python': (line) => traceAfter(line, 'python', 'error'),
  traceOf,
  jsonParts,
  jsonFields,
  pretty,
  tokens: (line) => tokens(line).length,
  segments: (line) => segments(line).length,
  fullTimestamp: (line) => fullTimestamp(line, 'local'),
  withFullTimestamps: (line) => withFullTimestamps(line, 'local'),
  parseMoment: (line) => parseMoment(line, 0, true),
}

/** The printable ASCII signs, blanks, a digit, a letter and an escape. */
const SIGNS = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).filter(
    (c) => !/[b-zB-Y1-9]/.test(c),
  ),
  ...'\t\r\x1b\x9b',
]
const MIXED = [
  '\\"',
  '"\\',
  'a.',
  'a(',
  '()',
  ' "',
  '":',
  '{"',
  '["',
  '[{',
  '[]',
  '=>',
  ' -',
  '/ ',
  '\\/',
  '<a>',
  'a=',
  'a=1 ',
  'a.A',
  '[1]',
]
const ESCAPES = ['\x1b[', '\x1b]', '\x1bP', '\x1b[0;', '\x1b[38:2', '1;']
const STARTS = ['', '"', '{"a":"', '2026-01 ', '10:00:00 a']

it.each(Object.entries(READERS))(
  '%s reads a long line of any sign at once',
  (_, read) => {
    for (const sign of [...SIGNS, ...MIXED, ...ESCAPES]) {
      const body = sign.repeat(LENGTH / sign.length)
      for (const start of STARTS) {
        const began = performance.now()
        read(`${start}${body}x`)
        expect(performance.now() - began, JSON.stringify(start + sign)).toBeLessThan(MAX_MS)
      }
    }
  },
  120_000,
)

it('a line of a Go trace may be longer than what is read of it', () => {
  expect(traceAfter(`main.run(${'0x1, '.repeat(1000)}0x2)`, 'go', 'error')).toBe('go')
  expect(traceAfter(`main.run(${'0x1, '.repeat(1000)}`, 'go', 'error')).toBeNull()
})

it('a string of JSON without an end is a string', () => {
  const text = '{"a": "b \\" c'
  expect(tokens(text).map(({ text, kind }) => [text, kind])).toEqual([
    ['{', 'mark'],
    ['"a"', 'key'],
    [':', 'mark'],
    [' ', 'mark'],
    ['"b \\" c', 'string'],
  ])
})
