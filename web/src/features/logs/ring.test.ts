import { describe, expect, it } from 'vitest'
import type { LineRow } from './line'
import { Ring } from './ring'
import { wantsToFollow, windowAt } from './window'

const line = (text: string): LineRow => ({ kind: 'line', time: '', text, stderr: false })
const texts = (ring: Ring) => ring.slice().map((row) => (row as LineRow).text)

describe('the ring', () => {
  it('keeps the newest rows, each under its number for good', () => {
    const ring = new Ring(3, 1000)
    ring.push(['a', 'b', 'c', 'd', 'e'].map(line))
    expect(texts(ring)).toEqual(['c', 'd', 'e'])
    expect([ring.first, ring.end, ring.size]).toEqual([2, 5, 3])
    expect((ring.at(3) as LineRow).text).toBe('d')
    expect(ring.at(1)).toBeUndefined()
    expect(ring.at(5)).toBeUndefined()
  })

  it('is bounded in characters too, but keeps one line however long', () => {
    const ring = new Ring(100, 10)
    ring.push([line('12345'), line('67890'), line('x')])
    expect(texts(ring)).toEqual(['67890', 'x'])
    ring.push([line('a very long line indeed')])
    expect(ring.size).toBe(1)
  })

  it('goes on counting after a hundred times its size', () => {
    const ring = new Ring(500, 1e9)
    for (let i = 0; i < 50_000; i += 50) ring.push(Array.from({ length: 50 }, (_, k) => line(String(i + k))))
    expect(ring.first).toBe(49_500)
    expect(texts(ring)[0]).toBe('49500')
    expect((ring.at(49_999) as LineRow).text).toBe('49999')
  })

  it('a copy stays as it is; a cleared ring goes on counting', () => {
    const ring = new Ring(2, 1000)
    ring.push(['a', 'b'].map(line))
    const copy = ring.slice()
    ring.push(['c'].map(line))
    expect(copy.map((row) => (row as LineRow).text)).toEqual(['a', 'b'])
    ring.clear()
    expect([ring.size, ring.first, ring.end]).toEqual([0, 3, 3])
  })
})

describe('the window', () => {
  it('holds what is seen and a little more', () => {
    expect(windowAt(0, 400, 10_000)).toEqual({ from: 0, count: 61 })
    expect(windowAt(20 * 5000, 400, 10_000)).toEqual({ from: 4980, count: 61 })
    expect(windowAt(20 * 9980, 400, 10_000)).toEqual({ from: 9939, count: 61 })
    expect(windowAt(0, 400, 3)).toEqual({ from: 0, count: 3 })
    expect(windowAt(0, 400, 0)).toEqual({ from: 0, count: 0 })
  })

  it('scrolling up stops following, reaching the bottom goes on', () => {
    expect(wantsToFollow(1000, 900, 1000)).toBe(false)
    expect(wantsToFollow(900, 950, 1000)).toBeNull()
    expect(wantsToFollow(950, 1000, 1000)).toBe(true)
  })

  it('a log that got shorter is not the reader scrolling', () => {
    expect(wantsToFollow(1000, 300, 300)).toBeNull()
  })
})
