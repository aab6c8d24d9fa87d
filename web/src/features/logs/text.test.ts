import { describe, expect, it } from 'vitest'
import { decodeFrame } from '../../protocol/decode'
import { golden } from '../../testing/examples'
import { lastOverwrite, segments } from './ansi'
import { levelOf } from './level'
import { lineRow, lineRows } from './line'
import { rendered, SHOWN_CHARACTERS } from './rendered'

const ESC = '\x1b'
const plainOf = (text: string) =>
  segments(text)
    .map((segment) => segment.text)
    .join('')

describe('a wire line', () => {
  it('is a timestamp, a space and the text', () => {
    const row = lineRow('2025-11-25T22:52:30.123456789Z  two spaces', 'e')
    expect(row).toEqual({
      kind: 'line',
      time: '2025-11-25T22:52:30.123456789Z',
      text: ' two spaces',
      stderr: true,
    })
  })

  it('may be empty', () => {
    expect(lineRow('2025-11-25T22:52:30.123456790Z ', 'o').text).toBe('')
    expect(lineRow('2025-11-25T22:52:30.123456790Z', 'o').text).toBe('')
  })

  it('without a timestamp is all text', () => {
    expect(lineRow('no stamp here', '')).toMatchObject({ time: '', text: 'no stamp here', stderr: false })
    expect(lineRow(42, '')).toMatchObject({ text: '' })
  })

  it('the golden lines are read with their streams', () => {
    const frame = decodeFrame(golden('log_snapshot'))
    if (frame?.type !== 'log_snapshot') throw new Error('another type')
    expect(lineRows(frame.logs, frame.streams).map(({ text, stderr }) => [text, stderr])).toEqual([
      ['Starting FFmpeg...', true],
      ['', false],
    ])
  })
})

describe('escapes', () => {
  it('colours become classes', () => {
    expect(segments(`a ${ESC}[1;31mred${ESC}[0m b`)).toEqual([
      { text: 'a ', classes: '' },
      { text: 'red', classes: 'ansi-1 ansi-bold' },
      { text: ' b', classes: '' },
    ])
    expect(segments(`${ESC}[38;5;9mx${ESC}[39my`).map((s) => s.classes)).toEqual(['ansi-9', ''])
    expect(segments(`${ESC}[38;2;250;20;20mx`)[0]?.classes).toBe('ansi-9')
    expect(segments(`${ESC}[97mx${ESC}[m${ESC}[7my`).map((s) => s.classes)).toEqual(['ansi-15', 'ansi-back'])
  })

  it.each([
    [`${ESC}[2K${ESC}[1Gdone`, 'done'],
    [`${ESC}]0;title\x07done`, 'done'],
    [`${ESC}]8;;http://evil${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    [`${ESC}Pq#0${ESC}\\done`, 'done'],
    [`${ESC}(Bdone`, 'done'],
    [`done${ESC}`, 'done'],
    [`done${ESC}[3`, 'done3'],
  ])('everything else is left out: %j', (text, shown) => {
    expect(plainOf(text)).toBe(shown)
  })

  it('control characters and those that turn text around become visible', () => {
    expect(plainOf('a\x00b\x07c\td\u202ee')).toBe('a␀b␇c\td\ufffde')
  })

  it('a megabyte of escapes is no trouble', () => {
    const started = performance.now()
    segments(`${ESC}[`.repeat(500_000))
    segments(`${ESC}]`.repeat(500_000))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

it('a progress bar shows what it said last', () => {
  expect(lastOverwrite('10%\r20%\r30%')).toBe('30%')
  expect(lastOverwrite('30%\r')).toBe('30%')
  expect(lastOverwrite('\r\r')).toBe('')
  const piece = `${'frame=1 fps=60'.padEnd(1023)}\r`
  expect(lastOverwrite(`${piece.repeat(16)}frame=`)).toBe(piece.slice(0, -1))
  expect(lastOverwrite(piece.repeat(16))).toBe(piece.slice(0, -1))
})

it('levels are told from the first words', () => {
  expect(levelOf('2025 ERROR broken')).toBe('error')
  expect(levelOf('[warning] x')).toBe('warn')
  expect(levelOf('{"level":"warn","msg":"x"}')).toBe('warn')
  expect(levelOf('0 errors, onerror=1')).toBeNull()
})

it('a long line is cut, and says by how much', () => {
  const row = lineRow(`2025-11-25T22:52:30.123456789Z ${'x'.repeat(SHOWN_CHARACTERS + 1234)}`, 'o')
  const { segments, more } = rendered(row)
  expect(segments[0]?.text).toHaveLength(SHOWN_CHARACTERS)
  expect(more).toBe('… 1,234 more characters')
  expect(rendered(row)).toBe(rendered(row))
})
