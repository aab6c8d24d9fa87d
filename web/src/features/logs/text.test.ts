import { describe, expect, it } from 'vitest'
import { segments } from './ansi'
import { colourOf256, contrast, luminance, readableOn } from './colour'
import type { RowView } from '../../logs/pane/paneView'
import { parseLine } from '../../logs/rows/row'
import { jsonParts, pretty, tokens } from '../../logs/text/json'
import { levelOf } from '../../logs/text/level'
import { traceAfter } from '../../logs/text/trace'
import { jsonFields } from './jsonFields'
import { jsonLines } from '../../testing/examples'
import { lastOverwrite, plainText } from '../../logs/text/plainText'
import { isBad, parseQuery, type Query } from '../../logs/text/query'
import { isSameRow, highlightRanges, renderRow } from './renderRow'
import { colourIndex } from './nameColour'

/** By the platform's parser. */
function isJsonStructure(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
/** Without the blanks outside strings. */
const withoutBlanks = (json: string) => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s/g, '$1')

const ESC = '\x1b'
const shown = (text: string) =>
  segments(text)
    .map((segment) => segment.text)
    .join('')

describe('a wire line', () => {
  const parts = (wire: unknown) => {
    const { time, text } = parseLine(0, 0, wire, 'o')
    return [time, text]
  }

  it.each([
    ['2025-11-25T22:52:30.123456789Z  two spaces', '2025-11-25T22:52:30.123456789Z', ' two spaces'],
    ['2025-11-25T22:52:30.123456790Z ', '2025-11-25T22:52:30.123456790Z', ''],
    ['2025-11-25T22:52:30.123456790Z', '2025-11-25T22:52:30.123456790Z', ''],
    ['2025-11-25T22:52:30+01:00 other writers', '2025-11-25T22:52:30+01:00', 'other writers'],
    ['no stamp here', '', 'no stamp here'],
    ['2025-11-25T22:52:30.12345678aZ x', '', '2025-11-25T22:52:30.12345678aZ x'],
    [42, '', ''],
  ])('%j', (wire, time, text) => {
    expect(parts(wire)).toEqual([time, text])
  })

  it('knows its stream', () => {
    expect(['o', 'e', ''].map((stream) => parseLine(0, 0, 'x', stream).stderr)).toEqual([false, true, false])
  })
})

describe('escapes', () => {
  const classes = (text: string) => segments(text).map((segment) => segment.classes)

  it('turn colours into classes', () => {
    expect(segments(`a ${ESC}[1;31mred${ESC}[0m b`)).toEqual([
      { text: 'a ', classes: '', style: null },
      { text: 'red', classes: 'ansi-1 ansi-bold', style: null },
      { text: ' b', classes: '', style: null },
    ])
    expect(classes(`${ESC}[38;5;9mx${ESC}[39my`)).toEqual(['ansi-9', ''])
    expect(classes(`${ESC}[97mx${ESC}[mz${ESC}[3;4;9my`)).toEqual([
      'ansi-15',
      '',
      'ansi-italic ansi-underline ansi-struck',
    ])
  })

  it('with a background or inverse colour the background', () => {
    expect(classes(`${ESC}[37;41mx${ESC}[49my${ESC}[7mz${ESC}[27;0;7mw`)).toEqual([
      'ansi-ground ansi-1',
      'ansi-7',
      'ansi-ground ansi-7',
      'ansi-ground ansi-text',
    ])
  })

  it('turn colours beyond the basic sixteen into values, in both notations', () => {
    const own = (code: string) => segments(`${ESC}[${code}mx`)[0]
    expect(own('38;5;202')).toEqual({
      text: 'x',
      classes: 'ansi-own',
      style: { '--own': readableOn(255, 95, 0) },
    })
    expect(own('38;2;10;20;30')?.style).toEqual(own('38:2::10:20:30')?.style)
    expect(own('38;2;10;20;30;1')?.classes).toBe('ansi-own ansi-bold')
    expect(own('48:5:202')?.classes).toBe('ansi-ground ansi-own')
    expect(own('4:3')?.classes).toBe('ansi-underline')
  })

  it.each([
    ['38;2;10;20;30;48;2;12;22;32', 'rgb(12 22 32)', 'rgb(10 20 30)'],
    ['38;5;232;48;5;233', 'rgb(18 18 18)', 'rgb(8 8 8)'],
    ['38:2::255:255:255;48:2::0:95:135', 'rgb(0 95 135)', 'rgb(255 255 255)'],
    ['7;38;2;1;2;3;48;2;4;5;6', 'rgb(1 2 3)', 'rgb(4 5 6)'],
    ['38;2;250;250;250;41', 'rgb(205 0 0)', 'rgb(250 250 250)'],
    ['48;2;0;0;95', 'rgb(0 0 95)', 'rgb(255 255 255)'],
    ['48;2;255;255;200', 'rgb(255 255 200)', 'rgb(0 0 0)'],
    ['7;38;5;202', 'rgb(255 95 0)', 'rgb(0 0 0)'],
  ])('with fixed colours are shown as written: %s', (code, ground, ink) => {
    expect(segments(`${ESC}[${code}mx`)[0]).toEqual({
      text: 'x',
      classes: 'ansi-ground ansi-own',
      style: { '--own': ground, '--ink': ink },
    })
  })

  it('with a basic colour on a fixed background can be read', () => {
    const { style } = segments(`${ESC}[30;48;2;10;10;40mx`)[0]!
    const [ink] = [...style!['--ink']!.matchAll(/rgb\((\d+) (\d+) (\d+)\)/g)]
    const light = luminance([Number(ink![1]), Number(ink![2]), Number(ink![3])])
    expect(contrast(light, luminance([10, 10, 40]))).toBeGreaterThan(4.5)
  })

  it.each([
    [`${ESC}[2K${ESC}[1Gdone`, 'done'],
    [`${ESC}]0;title\x07done`, 'done'],
    [`${ESC}]8;;http://evil${ESC}\\link${ESC}]8;;${ESC}\\`, 'link'],
    [`${ESC}Pq#0${ESC}\\done`, 'done'],
    [`${ESC}(Bdone`, 'done'],
    [`done${ESC}`, 'done'],
    [`done${ESC}[3`, 'done'],
    [`done${ESC}[38;5;`, 'done'],
    ['done\x9b38;5', 'done'],
    [`done${ESC}]0;title`, 'done'],
    [`done${ESC}`, 'done'],
  ])('are removed otherwise: %j', (text, left) => {
    expect(shown(text)).toBe(left)
    expect(plainText(text)).toBe(left)
  })

  it('make control characters and direction changes visible', () => {
    expect(shown('a\x00b\x07c\td\u202ee')).toBe('a␀b␇c\td\ufffde')
  })

  it('give the same text for search and display', () => {
    const text = `${ESC}[31mred${ESC}[0m \x00 10%\r${ESC}[1m20%${ESC}[m`
    expect(plainText(text)).toBe(shown(lastOverwrite(text)))
  })

  it('are fast even for a megabyte of them', () => {
    const started = performance.now()
    segments(`${ESC}[`.repeat(500_000))
    segments(`${ESC}]`.repeat(500_000))
    expect(performance.now() - started).toBeLessThan(4000)
  })
})

describe('readable colours', () => {
  it.each([[0], [16], [21], [52], [202], [226], [231], [232], [244], [255]])(
    'number %d contrasts with both backgrounds',
    (index) => {
      const [red, green, blue] = colourOf256(index)
      const [onLight, onDark] = [...readableOn(red, green, blue).matchAll(/rgb\((\d+) (\d+) (\d+)\)/g)].map(
        (match) => luminance([Number(match[1]), Number(match[2]), Number(match[3])]),
      )
      expect(contrast(onLight!, 1)).toBeGreaterThan(4.5)
      expect(contrast(onDark!, luminance([0x11, 0x15, 0x1d]))).toBeGreaterThan(4.5)
    },
  )

  it('keep colours that contrast already, and tolerate invalid values', () => {
    expect(readableOn(255, 255, 255)).toContain('rgb(255 255 255)')
    expect(readableOn(NaN, 999, -3)).toMatch(/^light-dark\(rgb/)
  })
})

it('a progress bar shows its last state', () => {
  expect(lastOverwrite('10%\r20%\r30%')).toBe('30%')
  expect(lastOverwrite('30%\r')).toBe('30%')
  expect(lastOverwrite('\r\r')).toBe('')
  const piece = `${'frame=1 fps=60'.padEnd(1023)}\r`
  expect(lastOverwrite(`${piece.repeat(16)}frame=`)).toBe(piece.slice(0, -1))
  expect(lastOverwrite(piece.repeat(16))).toBe(piece.slice(0, -1))
})

it.each([
  ['2025 ERROR broken', 'error'],
  ['[warning] x', 'warn'],
  ['I1125 14:03:22.104 kubelet', 'info'],
  ['E1125 14:03:22.104 info in the text', 'error'],
  ['{"level":"warn","msg":"an error is not one"}', 'warn'],
  ['{"time":1,"level":50,"msg":"x"}', 'error'],
  ['level=debug msg="failed with error"', 'debug'],
  ['time="…" lvl=info', 'info'],
  ['FATAL: role does not exist', 'error'],
  ['0 errors, onerror=1', null],
  [`${'x'.repeat(120)} error`, null],
])('the level of %j is %s', (text, level) => {
  expect(levelOf(text)).toBe(level)
})

it.each([
  ['    at io.vertx.core.Future.await(Future.java:1)', true],
  ['Caused by: java.io.IOException', true],
  ['  File "x.py", line 3', true],
  ['\tat x', true],
  ['at the end of the day', false],
  ['Connected', false],
])('%j continues the line before it: %s', (text, expected) => {
  expect(traceAfter(text, null, 'info') !== null).toBe(expected)
})

describe('JSON', () => {
  it('is formatted, and its tokens together are the text', () => {
    const text = '{"a":"x \\" y","b":[1,-2.5e3,true,null]}'
    expect(pretty(text)).toHaveLength(9)
    expect(
      tokens(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text)
    expect(
      tokens(text)
        .filter((token) => token.kind === 'key')
        .map((token) => token.text),
    ).toEqual(['"a"', '"b"'])
  })

  it.each(['{not json}', '[info] started]', '{}', '"text"', '5'])(
    '%s is not JSON, or has nothing to unfold',
    (text) => {
      expect(jsonParts(text) === null || text === '{}').toBe(true)
    },
  )

  it.each(jsonLines())('%s keeps every character when it is unfolded', (text) => {
    const unfolded = pretty(text)
    if (unfolded === null) return expect(isJsonStructure(text) && text !== '{}').toBe(false)
    expect(withoutBlanks(unfolded.join('\n'))).toBe(withoutBlanks(text))
  })

  it('keeps numbers, doubled keys and the order of keys in its fields', () => {
    const text = '{"id":9007199254740993, "f":1.10,"e":1e400,"z":-0,"b":1,"a":2,"b":[3,{"c":null}]}'
    expect(jsonFields(text).map(({ path, value }) => `${path}=${value}`)).toEqual([
      'id=9007199254740993',
      'f=1.10',
      'e=1e400',
      'z=-0',
      'b=1',
      'a=2',
      'b.0=3',
      'b.1.c=null',
    ])
  })

  it.each(jsonLines().filter((text) => jsonFields(text).length > 0))(
    '%s has fields whose search texts find it',
    (text) => {
      for (const { query } of jsonFields(text))
        expect((parseQuery(query, true) as Query).matches(text), query).toBe(true)
    },
  )

  it('can be nested as deep as it is long', () => {
    const depth = 20_000
    const deep = `${'['.repeat(depth)}"x"${']'.repeat(depth)}`
    expect(pretty(deep)).toHaveLength(2 * depth + 1)
    expect(jsonFields(deep)).toHaveLength(1)
    expect(jsonParts('['.repeat(depth) + ']'.repeat(depth - 1))).toBeNull()
  })

  it.each([
    '{"a":1,}',
    '[1,]',
    '{"a" 1}',
    '{"a":01}',
    '{"a":1 "b":2}',
    '{"a":"\\x"}',
    '{1:2}',
    '[1}',
    '{"a":1}]',
    '[.5]',
    '[1.]',
    '["\n"]',
  ])('%s is not JSON', (text) => {
    expect(jsonParts(text)).toBeNull()
    expect(isJsonStructure(text)).toBe(false)
  })

  it('has fields with search texts that find the line', () => {
    const text = '{"msg":"a.b","user":{"id": 7}}'
    expect(jsonFields(text).map(({ path, value }) => [path, value])).toEqual([
      ['msg', 'a.b'],
      ['user.id', '7'],
    ])
    for (const { query } of jsonFields(text))
      expect((parseQuery(query, true) as Query).matches(text)).toBe(true)
  })
})

describe('a query', () => {
  const matches = (query: string, text: string, caseSensitive = false) =>
    (parseQuery(query, caseSensitive) as Query).matches(text)

  it.each([
    ['connection reset', 'Connection reset by peer', true],
    ['connection reset', 'reset the connection', false],
    ['timeout -health', 'timeout of db', true],
    ['timeout -health', 'timeout of health check', false],
    ['timeout -"of the db"', 'timeout of the db', false],
    ['/time ?out|refused/', 'connection refused', true],
    ['-/heal(th)?/', 'health', false],
    ['"user -1"', 'user -1', true],
    ['a/b/c', 'GET a/b/c', true],
    ['/healthz 503', 'GET /healthz 503', true],
    ['$(x) [y]', 'echo $(x) [y]', true],
    ['/\\-/', 'a-b', true],
    ['-', 'a - b', true],
  ])('%s in "%s": %s', (query, text, expected) => {
    expect(matches(query, text)).toBe(expected)
  })

  it('can be case-sensitive', () => {
    expect(matches('ERROR', 'error', true)).toBe(false)
    expect(matches('/ERROR/i', 'error', true)).toBe(true)
  })

  it('returns the ranges of hits, merged where they overlap', () => {
    const query = parseQuery('ab /bc/', false) as Query
    for (let i = 0; i < 2; i++) expect(query.ranges('abc xx ab')).toEqual([0, 3, 7, 9])
    expect((parseQuery('/x*/', false) as Query).ranges('axx')).toEqual([1, 3])
    expect((parseQuery('-x', false) as Query).ranges('axx')).toEqual([])
  })

  it('can be empty or invalid', () => {
    expect(parseQuery('  ', false)).toBeNull()
    expect(isBad(parseQuery('/(/', false))).toBe(true)
    expect((parseQuery('x /y/', false) as Query).hasPattern).toBe(true)
    expect((parseQuery('x', false) as Query).hasPattern).toBe(false)
  })
})

describe('a row', () => {
  const row = (part: Partial<RowView>): RowView => ({
    n: 1,
    kind: 'line',
    source: 0,
    time: '',
    own: '',
    unsure: null,
    late: false,
    before: '',
    text: '',
    more: 0,
    stderr: false,
    level: null,
    lines: 1,
    ranges: [],
    json: false,
    pretty: null,
    gap: null,
    state: null,
    ...part,
  })

  it('has its hits marked across colour changes', () => {
    const made = renderRow(row({ text: `${ESC}[31mred${ESC}[0m and blue`, ranges: [2, 5] }))
    expect(made.segments.map(({ text, classes }) => [text, classes])).toEqual([
      ['re', 'ansi-1'],
      ['d', 'ansi-1 hit'],
      [' a', 'hit'],
      ['nd blue', ''],
    ])
    expect(highlightRanges([{ text: 'abc', classes: '', style: null }], [0, 3])).toEqual([
      { text: 'abc', classes: 'hit', style: null },
    ])
  })

  it('shows how many characters of a long line are hidden', () => {
    expect(renderRow(row({ text: 'x', more: 1234 })).more).toBe('… 1,234 more characters')
  })

  it('is rendered again only after a change', () => {
    const one = row({ text: 'x', time: '1' })
    expect(isSameRow(one, { ...one })).toBe(true)
    for (const part of [{ text: 'y' }, { time: '2' }, { source: 3 }, { before: '0' }, { ranges: [0, 1] }])
      expect(isSameRow(one, { ...one, ...part })).toBe(false)
  })

  it('that is not a line has a text', () => {
    const words = (part: Partial<RowView>) => renderRow(row(part)).segments[0]!.text
    expect(words({ kind: 'gap', gap: { reason: 'rotated', count: 12, fill: 'cannot', note: null } })).toBe(
      '12 lines are missing here: the log was rotated.',
    )
    expect(words({ kind: 'state', state: 'stopped', text: 'exit code 137' })).toBe('Stopped: exit code 137')
    expect(words({ kind: 'marker', text: '2' })).toBe('Marker 2')
  })
})

it('a container always has the same colour', () => {
  expect(colourIndex('edge-1/web')).toBe(colourIndex('edge-1/web'))
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(colourIndex)).size).toBeGreaterThan(4)
})
