import { describe, expect, it } from 'vitest'
import { mergeNewest, mergeOldest, mergePast } from './merge'
import { lineOf, type Row } from './row'
import { Sequence } from './sequence'

const at = (second: number) => `2025-11-25T22:52:${String(second).padStart(2, '0')}.000000000Z`
let n = 0
const row = (source: number, second: number, text: string): Row =>
  lineOf(n++, source, `${at(second)} ${text}`, 'o')
const rows = (source: number, ...seconds: number[]) =>
  seconds.map((second, i) => row(source, second, `${source}${'abcdef'[i]}`))
const texts = (sequence: Sequence<Row>) =>
  sequence.slice(0).map((one) => (one.kind === 'line' ? one.text : one.kind))

describe('merged by time', () => {
  it('a late line goes into its place', () => {
    const sequence = Sequence.of(rows(0, 1, 2, 5, 6))
    mergeNewest(sequence, rows(1, 3, 5, 9))
    expect(texts(sequence)).toEqual(['0a', '0b', '1a', '0c', '1b', '0d', '1c'])
  })

  it('a container’s own order is never changed, whatever its clock says', () => {
    const sequence = Sequence.of(rows(0, 10, 20))
    mergeNewest(sequence, rows(0, 5, 30))
    expect(texts(sequence)).toEqual(['0a', '0b', '0a', '0b'])
    mergeNewest(sequence, rows(1, 1))
    expect(texts(sequence).at(0)).toBe('1a')
  })

  it('what has no time stays where it is', () => {
    const sequence = Sequence.of([
      ...rows(0, 1),
      { kind: 'marker', n: 99, source: -1, lines: 1, gone: false, time: '', text: '1' } as Row,
    ])
    mergeNewest(sequence, rows(1, 0))
    expect(texts(sequence)).toEqual(['0a', 'marker', '1a'])
  })

  it('a part of the past is not kept back by what has no time', () => {
    const stopped = { kind: 'state', n: 98, source: 0, lines: 1, gone: false, time: '' } as Row
    const sequence = Sequence.of([...rows(0, 5, 6), stopped])
    mergePast(sequence, rows(1, 2, 7))
    expect(texts(sequence)).toEqual(['1a', '0a', '0b', 'state', '1b'])
    mergePast(sequence, rows(2, 1, 6))
    expect(texts(sequence)).toEqual(['2a', '1a', '0a', '0b', 'state', '2b', '1b'])
  })

  it('older lines come before those that are there, and among the others by time', () => {
    const sequence = Sequence.of([...rows(1, 2, 4), ...rows(0, 5, 6)])
    mergeOldest(sequence, rows(0, 1, 3))
    expect(texts(sequence)).toEqual(['0a', '1a', '0b', '1b', '0a', '0b'])
  })

  it('older lines of a container whose clock was set back still come first', () => {
    const sequence = Sequence.of(rows(0, 5, 6))
    mergeOldest(sequence, rows(0, 4, 9))
    expect(texts(sequence)).toEqual(['0a', '0b', '0a', '0b'])
  })

  it('an empty one takes what comes', () => {
    const sequence = new Sequence<Row>()
    mergeOldest(sequence, rows(0, 1, 2))
    mergeNewest(sequence, rows(1, 3))
    mergeNewest(sequence, [])
    expect(texts(sequence)).toEqual(['0a', '0b', '1a'])
  })
})
