import { expect, it } from 'vitest'
import { ago, bytes, cpu, span } from './units'

it.each([
  [0, '0 B'],
  [1023, '1.00 KiB'],
  [412 * 2 ** 20, '412 MiB'],
  [1.21 * 2 ** 30, '1.21 GiB'],
  [21.4 * 2 ** 30, '21.4 GiB'],
])('%d bytes are %s', (amount, text) => {
  expect(bytes(amount)).toBe(text)
})

it('counts CPU as docker stats does: 100 % is one core', () => {
  expect(cpu(0.1234)).toBe('12.3 %')
  expect(cpu(3)).toBe('300.0 %')
})

it.each([
  [-1, '0s', '0 s ago'],
  [61_000, '1m 1s', '1 min ago'],
  [(6 * 24 + 4) * 3_600_000, '6d 4h', '6 d ago'],
])('%d ms are %s, %s', (ms, up, since) => {
  expect(span(ms)).toBe(up)
  expect(ago(ms)).toBe(since)
})
