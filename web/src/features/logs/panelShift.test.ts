import { expect, it } from 'vitest'
import { panelShift } from './panelShift'

function at(left: number) {
  return { left, right: left + 28 }
}

it.each([
  ['ends where its opener does', { left: 500, right: 528 }, { left: 100, right: 700 }, null],
  ['begins where its opener does when there is no room left of it', at(120), { left: 100, right: 700 }, 0],
  ['stays within its box when there is room on neither side', at(220), { left: 100, right: 400 }, -20],
])('a panel %s', (_, opener, box, shift) => expect(panelShift(opener, 200, box)).toBe(shift))
