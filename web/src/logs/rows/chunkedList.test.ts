import { describe, expect, it } from 'vitest'
import { ChunkedList } from './chunkedList'

interface Item {
  n: number
  name: string
  lines: number
}
let numbers = 0
const item = (name: string | number, lines = 1): Item => ({ n: numbers++, name: String(name), lines })
const many = (count: number) => Array.from({ length: count }, (_, i) => item(i, 1 + (i % 3)))
const names = (sequence: ChunkedList<Item>) => sequence.slice(0).map(({ name }) => name)

/** The same held in a plain array, to compare with. */
function same(sequence: ChunkedList<Item>, plain: Item[]) {
  expect(sequence.slice(0)).toEqual(plain)
  expect(sequence.size).toBe(plain.length)
  expect(sequence.lines).toBe(plain.reduce((sum, { lines }) => sum + lines, 0))
}

describe('a sequence', () => {
  it('is an array that is cheap at both ends', () => {
    const sequence = new ChunkedList<Item>()
    const plain: Item[] = []
    for (const one of many(3000)) {
      sequence.push(one)
      plain.push(one)
      if (plain.length > 1100) expect(sequence.shift()).toBe(plain.shift())
    }
    same(sequence, plain)
    expect([sequence.first, sequence.last]).toEqual([plain[0], plain.at(-1)])
    expect(sequence.at(777)).toBe(plain[777])
    expect([sequence.at(-1), sequence.at(5000)]).toEqual([undefined, undefined])
  })

  it('takes rows in and out anywhere, as an array does', () => {
    const seed = Date.now() % 100_000
    let state = seed
    const random = (below: number) => (state = (state * 48_271 + 11) % 2_147_483_647) % below
    const plain = many(2000)
    const sequence = ChunkedList.of(plain)
    for (let round = 0; round < 60; round++) {
      const at = random(plain.length + 1)
      const out = Math.min(random(700), plain.length - at)
      const rows = Array.from({ length: random(600) }, (_, i) => item(`${round}.${i}`, 1 + random(4)))
      plain.splice(at, out, ...rows)
      sequence.splice(at, out, rows)
    }
    expect(names(sequence), `seed ${seed}`).toEqual(plain.map(({ name }) => name))
    same(sequence, plain)
    for (let i = 0; i < plain.length; i += 7) expect(sequence.indexOf(plain[i]!.n), `seed ${seed}`).toBe(i)
    expect(sequence.indexOf(numbers)).toBe(-1)
    const copy = sequence.copy()
    const first = sequence.shift()!
    expect([sequence.indexOf(first.n), copy.indexOf(first.n)]).toEqual([-1, 0])
  })

  it('knows which row stands at which line, and the way back', () => {
    const plain = many(1500)
    const sequence = ChunkedList.of(plain)
    let line = 0
    plain.forEach((row, i) => {
      if (i % 97 === 0) {
        expect(sequence.linesBefore(i)).toBe(line)
        expect(sequence.indexAtLine(line)).toBe(i)
        expect(sequence.indexAtLine(line + row.lines - 1)).toBe(i)
      }
      line += row.lines
    })
    expect(sequence.indexAtLine(line + 5)).toBe(plain.length - 1)
    expect(sequence.indexAtLine(0)).toBe(0)
  })

  it('finds from either end', () => {
    const sequence = ChunkedList.of(many(1200))
    expect(sequence.findIndex(({ name }) => name === '900')).toBe(900)
    expect(sequence.findIndex(() => false)).toBe(-1)
    expect(sequence.findLastIndex(({ lines }) => lines === 3)).toBe(1199)
    expect(sequence.findLastIndex(({ lines }) => lines === 3, 600)).toBe(599)
  })

  it('a copy stays as it is', () => {
    const sequence = ChunkedList.of(many(600))
    const copy = sequence.copy()
    sequence.shift()
    sequence.push(item('new'))
    expect([copy.size, copy.first?.name, copy.last?.name]).toEqual([600, '0', '599'])
  })

  it('adds heights up anew', () => {
    const rows = many(700)
    const sequence = ChunkedList.of(rows)
    rows[3]!.lines = 50
    sequence.updateHeights()
    same(sequence, rows)
  })
})
