import { describe, expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { keyOf } from '../../state/containers/containerList'
import { emptyReason, type EmptyLog } from './emptyReason'
import { targetsOf } from '../../state/logs/members'
import { DEFAULT_SPEC, readSpec, writeSpec, type PaneSpec } from '../../state/logs/paneSpec'
import { parseMoment, timeDifference, timestampWithZone, formatTimestamp, fullTimestamp } from './timestamps'
import { assignSlots } from './rowSlots'
import { lineHeight, lineOfRow, rowAt, rowAtMoment, followAfterScroll } from './scrollWindow'

describe('a pane in the address', () => {
  const web = { kind: 'container', controller: 'edge-1', name: 'web' } as const
  const full: PaneSpec = {
    members: [
      web,
      { kind: 'project', controller: 'edge 2', project: 'a,b;c' },
      { kind: 'pattern', pattern: 'web-*' },
    ],
    text: '/a=b;c|d/ -x',
    caseSensitive: true,
    only: true,
    levels: ['error', 'warn'],
    stderrOnly: true,
    range: { since: '2025-11-25T22:00:00.000000000Z', until: '2025-11-25T23:00:00.000000000Z' },
    at: '2025-11-25T22:52:30.123456789Z',
  }

  it('is parsed as it was written', () => {
    expect(readSpec(writeSpec(full))).toEqual(full)
    expect(writeSpec({ ...DEFAULT_SPEC, members: [web] })).toBe('edge-1/web')
    expect(readSpec('web')).toEqual({ ...DEFAULT_SPEC, members: [{ ...web, controller: '' }] })
    expect(readSpec('project:shop')?.members).toEqual([
      { kind: 'project', controller: null, project: 'shop' },
    ])
  })

  it.each(['', ';q=x', ',,', 'project:'])('%j names no member', (text) => {
    expect(readSpec(text)).toBeNull()
  })

  it('tolerates invalid values', () => {
    expect(readSpec('web;levels=xyz;at;q=%E0%A4%A;__proto__=1')).toMatchObject({
      levels: [],
      text: '%E0%A4%A',
    })
  })

  it('drops times that are not nine-digit timestamps', () => {
    const times = 'web;since=yesterday;until=2025-11-25T22:00:00Z;at=1'
    expect(readSpec(times)).toMatchObject({ range: null, at: null })
  })
})

describe('members', () => {
  const list = [
    container({ name: 'web-2', project: 'shop' }),
    container({ name: 'web-1', project: 'shop', id: 'a' }),
    container({ name: 'web-1', project: 'shop', controller: 'edge-2' }),
    container({ name: 'db', project: 'other' }),
  ]
  const containers = new Map(list.map((one) => [keyOf(one), one]))
  const keys = (...texts: string[]) =>
    targetsOf(
      texts.flatMap((text) => readSpec(text)!.members),
      containers,
    ).map(keyOf)

  it('are the containers of a project (on one host or all) or pattern, each once', () => {
    expect(keys('project:edge-1/shop')).toEqual(['edge-1/web-1', 'edge-1/web-2'])
    expect(keys('project:shop')).toEqual(['edge-1/web-1', 'edge-2/web-1', 'edge-1/web-2'])
    expect(keys('name:web-?', 'edge-1/web-1')).toHaveLength(3)
    expect(keys('name:B')).toEqual(
      ['edge-1/web-1', 'edge-2/web-1', 'edge-1/web-2', 'edge-1/db']
        .filter((key) => /b/.test(key.split('/')[1]!))
        .sort(byName),
    )
    expect(keys('edge-1/gone')).toEqual(['edge-1/gone'])
  })

  function byName(a: string, b: string): number {
    return a.split('/')[1]!.localeCompare(b.split('/')[1]!)
  }
})

describe('times', () => {
  const time = '2025-11-25T22:52:30.123456789Z'
  const now = Date.parse('2025-11-25T23:00:00Z')

  it('are local, UTC, relative to the previous line, or off', () => {
    expect(formatTimestamp(time, '', 'utc', now)).toBe('22:52:30.123')
    expect(formatTimestamp(time, '2025-11-25T22:52:29.000000000Z', 'relative', now)).toBe('+1.1 s')
    expect(formatTimestamp(time, '', 'relative', now)).toBe('')
    expect([
      formatTimestamp(time, '', 'off', now),
      formatTimestamp('', '', 'utc', now),
      formatTimestamp('soon', '', 'utc', now),
    ]).toEqual(['', '', ''])
    const local = new Date(Date.parse(time))
    expect(formatTimestamp(time, '', 'local', now)).toContain(String(local.getMinutes()).padStart(2, '0'))
  })

  it('from another day have their date', () => {
    expect(formatTimestamp(time, '', 'utc', now + 86_400_000)).toBe('11-25 22:52:30')
  })

  it('have a full form with all nine digits', () => {
    expect(timestampWithZone(time, 'utc', now)).toBe('22:52:30.123 UTC')
    expect(timestampWithZone(time, 'off', now)).toBe(formatTimestamp(time, '', 'local', now))
    expect(fullTimestamp(time, 'utc')).toBe(time)
    expect(fullTimestamp(time, 'local')).toMatch(/^2025-11-2\d \d\d:\d2:30\.123456789 [+-]\d\d:\d\d$/)
    expect(fullTimestamp('soon', 'local')).toBe('soon')
    expect(fullTimestamp('0033-11-25T12:52:30.123456789Z', 'local')).toMatch(/^0033-11-2/)
  })

  it.each([
    [0, '+0 ms'],
    [-5, '−5 ms'],
    [59_940, '+59.9 s'],
    [180_000, '+3 min'],
    [7_200_000, '+2 h'],
    [3 * 86_400_000, '+3 d'],
  ])('%d ms is %s', (ms, words) => {
    expect(timeDifference(ms)).toBe(words)
  })

  it.each([
    ['22:05', '2025-11-25T22:05:00.000000000Z'],
    ['23:30:10', '2025-11-24T23:30:10.000000000Z'],
    ['-15m', '2025-11-25T22:45:00.000000000Z'],
    ['2h', '2025-11-25T21:00:00.000000000Z'],
    ['2025-11-25T14:05:00Z', '2025-11-25T14:05:00.000000000Z'],
    ['2025-11-25 14:05', '2025-11-25T14:05:00.000000000Z'],
    ['2025-11-25 15:05:00 +01:00', '2025-11-25T14:05:00.000000000Z'],
    ['2025-11-25', '2025-11-25T00:00:00.000000000Z'],
    [time, time],
    ['25:00', null],
    ['soon', null],
    ['', null],
  ])('%j is parsed as %s', (text, expected) => {
    expect(parseMoment(text, now, true)).toBe(expected)
  })
})

it.each([
  ['21:00', '2025-11-25T19:00:00.000000000Z', '2025-11-25T21:00:00.000000000Z'],
  ['01:00', '2025-11-25T19:00:00.000000000Z', '2025-11-26T01:00:00.000000000Z'],
  ['12:00', '2025-11-20T10:00:00.000000000Z', '2025-11-20T12:00:00.000000000Z'],
  ['21:00', '', '2025-11-24T21:00:00.000000000Z'],
])('until %s is the first time after the beginning %j: %s', (text, since, expected) => {
  expect(parseMoment(text, Date.parse('2025-11-25T20:00:00Z'), true, since)).toBe(expected)
})

describe('the scroll window', () => {
  const rows = [
    { n: 7, lines: 1 },
    { n: 9, lines: 3 },
    { n: 8, lines: 1 },
  ]

  it('finds rows by line and by number', () => {
    expect([9, 10, 11, 13, 14, 15].map((line) => rowAt(rows, 10, line)?.n)).toEqual([
      undefined,
      7,
      9,
      9,
      8,
      undefined,
    ])
    expect(rowAt(rows, 10, 12)).toEqual({ n: 9, line: 11 })
    expect([lineOfRow(rows, 10, 8), lineOfRow(rows, 10, 1)]).toEqual([14, null])
  })

  it('stops following on scrolling up, and follows again at the bottom', () => {
    expect(followAfterScroll(1000, 900, 1000)).toBe(false)
    expect(followAfterScroll(900, 950, 1000)).toBeNull()
    expect(followAfterScroll(950, 1000, 1000)).toBe(true)
  })

  it('does not mistake a shorter log for scrolling', () => {
    expect(followAfterScroll(1000, 300, 300)).toBeNull()
  })

  it('has lines of whole pixels', () => {
    expect([11, 12, 13, 14, 15, 16].map(lineHeight)).toEqual([18, 20, 22, 23, 25, 27])
  })
})

it('a row keeps its element while others come and go, and no element is used twice', () => {
  const numbered = (...numbers: number[]) => numbers.map((n) => ({ n }))
  let slots = assignSlots(numbered(4, 5, 6), new Map())
  expect([...slots]).toEqual([
    [4, 0],
    [5, 1],
    [6, 2],
  ])
  slots = assignSlots(numbered(9, 5, 6, 7, 8), slots)
  expect([...slots]).toEqual([
    [9, 0],
    [5, 1],
    [6, 2],
    [7, 3],
    [8, 4],
  ])
  expect([...assignSlots(numbered(8, 1, 2), slots)]).toEqual([
    [8, 4],
    [1, 0],
    [2, 1],
  ])
})

describe('why a log is empty', () => {
  const emptyLog = (fields: Partial<EmptyLog>): EmptyLog => ({
    connected: true,
    ready: true,
    refusal: null,
    state: null,
    stateMessage: null,
    container: container(),
    since: '14:03:22',
    hidden: 0,
    ...fields,
  })

  it.each([
    [{}, 'No log lines yet. Following since 14:03:22.'],
    [{ connected: false }, 'Waiting for the connection.'],
    [{ ready: false }, 'Reading the log…'],
    [{ state: 'unreadable', stateMessage: 'driver none' }, 'This log cannot be read: driver none'],
    [{ container: container({ status: 'created' }) }, 'This container was never started.'],
    [{ container: container({ status: 'exited' }) }, 'This container exited without output.'],
    [
      { container: null },
      'This container does not exist yet. Its log appears here as soon as it is created.',
    ],
    [
      { state: 'waiting' },
      'This container does not exist yet. Its log appears here as soon as it is created.',
    ],
    [
      { state: 'waiting', stateMessage: 'No answer within 5000 ms', ready: false },
      'Waiting for this log. No answer within 5000 ms',
    ],
    [{ refusal: 'no container "x" is known' }, 'This log cannot be followed: no container "x" is known'],
    [{ hidden: 1200, connected: false }, 'The filter hides all 1,200 lines.'],
  ])('%j', (fields, words) => {
    expect(emptyReason(emptyLog(fields as Partial<EmptyLog>))).toBe(words)
  })
})

it('marks the newest line at the time under the pointer of another pane', () => {
  const rows = [
    { n: 4, time: '2025-11-25T22:52:30.000000000Z' },
    { n: 5, time: '2025-11-25T22:52:31.000000000Z' },
    { n: 6, time: '' },
    { n: 7, time: '2025-11-25T22:52:33.000000000Z' },
  ]
  const at = (second: string) => rowAtMoment(rows, `2025-11-25T22:52:${second}Z`)
  expect(at('30.999999999')).toBe(4)
  expect(at('32.000000000')).toBe(5)
  expect(at('59.000000000')).toBe(7)
  expect(at('29.999999999')).toBeNull()
})
