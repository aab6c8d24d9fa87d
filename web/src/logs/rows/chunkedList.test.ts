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
const names = (list: ChunkedList<Item>) => list.slice(0).map(({ name }) => name)

/** Compares the list with a plain array. */
function same(list: ChunkedList<Item>, plain: Item[]) {
  expect(list.slice(0)).toEqual(plain)
  expect(list.size).toBe(plain.length)
  expect(list.lines).toBe(plain.reduce((sum, { lines }) => sum + lines, 0))
}

describe('a chunked list', () => {
  it('behaves like an array at both ends', () => {
    const list = new ChunkedList<Item>()
    const plain: Item[] = []
    for (const one of many(3000)) {
      list.push(one)
      plain.push(one)
      if (plain.length > 1100) expect(list.shift()).toBe(plain.shift())
    }
    same(list, plain)
    expect([list.first, list.last]).toEqual([plain[0], plain.at(-1)])
    expect(list.at(777)).toBe(plain[777])
    expect([list.at(-1), list.at(5000)]).toEqual([undefined, undefined])
  })

  it('behaves like an array for insertions and removals anywhere', () => {
    const seed = Date.now() % 100_000
    let state = seed
    const random = (below: number) => (state = (state * 48_271 + 11) % 2_147_483_647) % below
    const plain = many(2000)
    const list = ChunkedList.of(plain)
    for (let round = 0; round < 60; round++) {
      const at = random(plain.length + 1)
      const out = Math.min(random(700), plain.length - at)
      const rows = Array.from({ length: random(600) }, (_, i) => item(`${round}.${i}`, 1 + random(4)))
      plain.splice(at, out, ...rows)
      list.splice(at, out, rows)
    }
    expect(names(list), `seed ${seed}`).toEqual(plain.map(({ name }) => name))
    same(list, plain)
    for (let i = 0; i < plain.length; i += 7) expect(list.indexOf(plain[i]!.n), `seed ${seed}`).toBe(i)
    expect(list.indexOf(numbers)).toBe(-1)
    const copy = list.copy()
    const first = list.shift()!
    expect([list.indexOf(first.n), copy.indexOf(first.n)]).toEqual([-1, 0])
  })

  it('converts between rows and lines', () => {
    const plain = many(1500)
    const list = ChunkedList.of(plain)
    let line = 0
    plain.forEach((row, i) => {
      if (i % 97 === 0) {
        expect(list.linesBefore(i)).toBe(line)
        expect(list.indexAtLine(line)).toBe(i)
        expect(list.indexAtLine(line + row.lines - 1)).toBe(i)
      }
      line += row.lines
    })
    expect(list.indexAtLine(line + 5)).toBe(plain.length - 1)
    expect(list.indexAtLine(0)).toBe(0)
  })

  it('finds rows from either end', () => {
    const list = ChunkedList.of(many(1200))
    expect(list.findIndex(({ name }) => name === '900')).toBe(900)
    expect(list.findIndex(() => false)).toBe(-1)
    expect(list.findLastIndex(({ lines }) => lines === 3)).toBe(1199)
    expect(list.findLastIndex(({ lines }) => lines === 3, 600)).toBe(599)
  })

  it('has independent copies', () => {
    const list = ChunkedList.of(many(600))
    const copy = list.copy()
    list.shift()
    list.push(item('new'))
    expect([copy.size, copy.first?.name, copy.last?.name]).toEqual([600, '0', '599'])
  })

  it('sums changed heights', () => {
    const rows = many(700)
    const list = ChunkedList.of(rows)
    rows[3]!.lines = 50
    list.updateHeights()
    same(list, rows)
  })
})
