import { expect, it } from 'vitest'
import { panelShift } from './panelShift'

function at(left: number) {
  return { left, right: left + 28 }
}

it.each([
  ['aligns its right edge with its opener', { left: 500, right: 528 }, { left: 100, right: 700 }, null],
  [
    'aligns its left edge with its opener when there is no room on the left',
    at(120),
    { left: 100, right: 700 },
    0,
  ],
  ['stays within its box when there is room on neither side', at(220), { left: 100, right: 400 }, -20],
])('a panel %s', (_, opener, box, shift) => expect(panelShift(opener, 200, box)).toBe(shift))
