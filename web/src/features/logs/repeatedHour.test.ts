import { afterAll, beforeAll, expect, it } from 'vitest'
import { clockTime, formatMoment, isRepeatedHour, zoneOffset } from '../../ui/time'
import {
  formatTimestamp,
  fullTimestamp,
  parseMoment,
  timestampWithZone,
  withFullTimestamps,
} from './timestamps'

const zone = process.env.TZ
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin'
})
afterAll(() => {
  process.env.TZ = zone
})

/** Half past two in the morning of 26 October 2025, which Berlin's clocks showed twice. */
const FIRST = '2025-10-26T00:30:00.123456789Z'
const SECOND = '2025-10-26T01:30:00.123456789Z'
const now = Date.parse('2025-10-26T10:00:00Z')
const local = (time: string, today = now) => formatTimestamp(time, '', 'local', today)

it('the rows of the two hours are told apart by their offsets', () => {
  expect([local(FIRST), local(SECOND)]).toEqual(['02:30:00.123 +02:00', '02:30:00.123 +01:00'])
  expect(local(SECOND, now + 86_400_000)).toBe('10-26 02:30:00 +01:00')
  expect(timestampWithZone(FIRST, 'local', now)).toBe('02:30:00.123 +02:00')
  expect(formatTimestamp(SECOND, '', 'utc', now)).toBe('01:30:00.123')
})

it('all other rows have none', () => {
  expect(local('2025-10-25T23:59:59.999999999Z')).toBe('10-26 01:59:59'.slice(6) + '.999')
  expect(local('2025-10-26T02:00:00.000000000Z')).toBe('03:00:00.000')
  expect(local('2025-10-26T00:00:00.000000000Z')).toBe('02:00:00.000 +02:00')
  expect(local('2025-10-26T01:59:59.000000000Z')).toBe('02:59:59.000 +01:00')
})

it('nothing is repeated in spring, and in zones without summer time', () => {
  for (const hour of [0, 1, 2]) expect(isRepeatedHour(Date.UTC(2025, 2, 30, hour, 30))).toBe(false)
  process.env.TZ = 'Asia/Tokyo'
  expect(isRepeatedHour(Date.parse(FIRST))).toBe(false)
  process.env.TZ = 'Australia/Lord_Howe'
  expect([14, 15].map((hour) => isRepeatedHour(Date.UTC(2025, 3, 5, hour, 15)))).toEqual([false, true])
  expect(zoneOffset(Date.UTC(2025, 3, 5, 15, 15))).toBe('+10:30')
  process.env.TZ = 'America/New_York'
  expect(clockTime(Date.parse('2025-11-02T05:30:00Z'))).toBe('01:30:00 -04:00')
  process.env.TZ = 'Europe/Berlin'
})

it('other times of the page have their offset too', () => {
  expect(clockTime(Date.parse(FIRST))).toBe('02:30:00 +02:00')
  expect(formatMoment(Date.parse(SECOND), now + 86_400_000)).toBe('2025-10-26 02:30:00 +01:00')
  expect(clockTime(now)).toBe('11:00:00')
})

it('copied lines have their full time with its offset, which can be typed again', () => {
  expect(withFullTimestamps(`${FIRST} one\n${SECOND} web two\nnot a time\n`, 'local')).toBe(
    '2025-10-26 02:30:00.123456789 +02:00 one\n2025-10-26 02:30:00.123456789 +01:00 web two\nnot a time\n',
  )
  expect(withFullTimestamps(`${FIRST} one\n`, 'utc')).toBe(`${FIRST} one\n`)
  expect(parseMoment(fullTimestamp(SECOND, 'local'), now, false)).toBe('2025-10-26T01:30:00.123000000Z')
})
