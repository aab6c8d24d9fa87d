import { describe, expect, it } from 'vitest'
import { mergeInPlace, mergeNewer, mergeOlder } from './merge'
import { parseLine, type LogRow } from './row'
import { ChunkedList } from './chunkedList'

const at = (second: number) => `2025-11-25T22:52:${String(second).padStart(2, '0')}.000000000Z`
let n = 0
const row = (source: number, second: number, text: string): LogRow =>
  parseLine(n++, source, `${at(second)} ${text}`, 'o')
const rows = (source: number, ...seconds: number[]) =>
  seconds.map((second, i) => row(source, second, `${source}${'abcdef'[i]}`))
const state = (source: number, time: string) =>
  ({ kind: 'state', n: n++, source, lines: 1, dropped: false, time, at: time }) as LogRow
const gap = (source: number) =>
  ({ kind: 'gap', n: n++, source, lines: 1, dropped: false, time: '' }) as LogRow
const marker = (second: number) =>
  ({ kind: 'marker', n: n++, source: -1, lines: 1, dropped: false, time: at(second), text: '1' }) as LogRow
const texts = (sequence: ChunkedList<LogRow>) =>
  sequence.slice(0).map((one) => (one.kind === 'line' ? one.text : one.kind))

describe('merged by time', () => {
  it('a late line goes to its place by time', () => {
    const sequence = ChunkedList.of(rows(0, 1, 2, 5, 6))
    mergeNewer(sequence, rows(1, 3, 5, 9))
    expect(texts(sequence)).toEqual(['0a', '0b', '1a', '0c', '1b', '0d', '1c'])
  })

  it('lines of one container keep their order, whatever its clock says', () => {
    const sequence = ChunkedList.of(rows(0, 10, 20))
    mergeNewer(sequence, rows(0, 5, 30))
    expect(texts(sequence)).toEqual(['0a', '0b', '0a', '0b'])
    mergeNewer(sequence, rows(1, 1))
    expect(texts(sequence).at(0)).toBe('1a')
  })

  it('a marker stands after all rows at that time, whatever the browser’s clock says', () => {
    for (const second of [0, 2, 9]) {
      const sequence = ChunkedList.of(rows(0, 1, 4))
      mergeNewer(sequence, [marker(second)])
      mergeNewer(sequence, rows(1, 3, 5))
      expect(texts(sequence)).toEqual(['0a', '1a', '0b', 'marker', '1b'])
    }
  })

  it('a late line passes rows that are not lines', () => {
    const sequence = ChunkedList.of([...rows(0, 5, 6), state(0, '')])
    mergeNewer(sequence, rows(1, 2, 7))
    expect(texts(sequence)).toEqual(['1a', '0a', '0b', 'state', '1b'])
    mergeNewer(sequence, rows(2, 1, 6))
    expect(texts(sequence)).toEqual(['2a', '1a', '0a', '0b', 'state', '2b', '1b'])
  })

  it('an end that the engine dates before the last line does not move lines of others', () => {
    const sequence = ChunkedList.of([...rows(0, 1, 5), state(0, at(3)), ...rows(2, 9)])
    mergeNewer(sequence, rows(1, 4, 8))
    expect(texts(sequence)).toEqual(['0a', '1a', '0b', 'state', '1b', '2a'])
  })

  it('a start that the engine dates after the first line moves up with that line', () => {
    const sequence = ChunkedList.of(rows(0, 1, 3, 4))
    mergeNewer(sequence, rows(1, 0))
    mergeNewer(sequence, [state(1, at(5))])
    expect(texts(sequence)).toEqual(['1a', '0a', '0b', '0c', 'state'])
    mergeNewer(sequence, rows(1, 2))
    expect(texts(sequence)).toEqual(['1a', '0a', 'state', '1a', '0b', '0c'])
  })

  it('a gap moves up with the line after it', () => {
    const sequence = ChunkedList.of(rows(0, 1, 3))
    mergeNewer(sequence, [gap(1)])
    expect(texts(sequence)).toEqual(['0a', '0b', 'gap'])
    mergeNewer(sequence, rows(1, 2, 4))
    expect(texts(sequence)).toEqual(['0a', 'gap', '1a', '0b', '1b'])
  })

  it('a gap stands after the rows of its container', () => {
    const sequence = ChunkedList.of([...rows(1, 1), ...rows(0, 2, 3)])
    mergeNewer(sequence, [gap(1)])
    mergeNewer(sequence, rows(1, 4))
    expect(texts(sequence)).toEqual(['1a', 'gap', '0a', '0b', '1a'])
  })

  it('the missing lines of a gap go among the others by time', () => {
    const missing = gap(1)
    const sequence = ChunkedList.of([...rows(1, 1), ...rows(0, 3, 5), missing, ...rows(1, 6)])
    expect(mergeInPlace(sequence, missing, rows(1, 2, 4))).toBe(true)
    expect(texts(sequence)).toEqual(['1a', '1a', '0a', '1b', '0b', '1a'])
    expect(mergeInPlace(sequence, missing, rows(1, 2))).toBe(false)
  })

  it('a very late line goes to its place by time', () => {
    const sequence = ChunkedList.of(rows(0, 1))
    for (let i = 0; i < 20_000; i++) sequence.push(row(0, 3, String(i)))
    mergeNewer(sequence, rows(1, 2, 9))
    expect(texts(sequence).slice(0, 3)).toEqual(['0a', '1a', '0'])
    expect(texts(sequence).at(-1)).toBe('1b')
  })

  it('older lines go before the known ones, and among the others by time', () => {
    const sequence = ChunkedList.of([...rows(1, 2, 4), ...rows(0, 5, 6)])
    mergeOlder(sequence, rows(0, 1, 3))
    expect(texts(sequence)).toEqual(['0a', '1a', '0b', '1b', '0a', '0b'])
  })

  it('older lines of a container whose clock was set back still come first', () => {
    const sequence = ChunkedList.of(rows(0, 5, 6))
    mergeOlder(sequence, rows(0, 4, 9))
    expect(texts(sequence)).toEqual(['0a', '0b', '0a', '0b'])
  })

  it('an empty list takes any rows', () => {
    const sequence = new ChunkedList<LogRow>()
    mergeOlder(sequence, rows(0, 1, 2))
    mergeNewer(sequence, rows(1, 3))
    mergeNewer(sequence, [])
    expect(texts(sequence)).toEqual(['0a', '0b', '1a'])
  })
})
