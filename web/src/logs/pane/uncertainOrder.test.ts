import { expect, it } from 'vitest'
import { parseLine } from '../rows/row'
import type { SourceClock } from '../rows/sourceClock'
import { uncertainOrders } from './uncertainOrder'

const CLOCKS: SourceClock[] = [
  { host: 'one', ahead: 0, error: 0, measured: true },
  { host: 'two', ahead: 0, error: 5, measured: true },
  { host: 'one', ahead: 0, error: 0, measured: true },
  { host: 'far', ahead: 0, error: 1000, measured: false },
]
let n = 0
/** A line of a source, at a time in ms. */
const line = (source: number, ms: number) =>
  parseLine(n++, source, `2025-11-25T22:52:30.${String(ms).padStart(3, '0')}000000Z text`, 'o')
const found = (...rows: [source: number, ms: number][]) =>
  uncertainOrders(
    rows.map(([source, ms]) => line(source, ms)),
    (source) => CLOCKS[source] ?? null,
  )
const unsure = (...rows: [source: number, ms: number][]) => found(...rows).map((one) => one !== null)

it('an order is certain if lines differ by more than their clocks may be wrong', () => {
  expect(unsure([0, 10], [1, 16], [0, 22])).toEqual([false, false, false])
})

it('an order is uncertain if they do not, for both lines', () => {
  expect(unsure([0, 10], [1, 14], [0, 22])).toEqual([true, true, false])
})

it('lines of one host keep their order, whatever its clock', () => {
  expect(unsure([0, 10], [2, 10], [0, 10])).toEqual([false, false, false])
  expect(unsure([1, 10], [1, 11])).toEqual([false, false])
})

it('the line of another host need not be next to it', () => {
  expect(unsure([0, 8], [0, 10], [2, 11], [1, 14])).toEqual([false, true, true, true])
})

it('names the other host, and how exactly the clocks are compared', () => {
  expect(found([0, 10], [1, 12])).toEqual([
    { host: 'two', error: 5, measured: true },
    { host: 'one', error: 5, measured: true },
  ])
  expect(found([0, 10], [3, 900])[0]).toEqual({ host: 'far', error: 1000, measured: false })
})
