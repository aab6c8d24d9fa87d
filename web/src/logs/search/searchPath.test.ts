import { expect, it } from 'vitest'
import type { LogFilterSpec } from '../rows/filter'
import { linesOf, searchPath, shifted, type SearchBounds } from './searchPath'

const ALL: LogFilterSpec = {
  levels: null,
  muted: [],
  stderrOnly: false,
  text: '',
  caseSensitive: true,
  only: false,
  range: null,
}
const NEWEST: SearchBounds = { order: 'newest', limit: 100, count: true }
const WEB = { controller: 'edge-1', name: 'web', id: null }

const parameters = (part: Partial<LogFilterSpec>) => {
  const path = searchPath([WEB], linesOf({ ...ALL, ...part }), NEWEST)
  return [...new URLSearchParams(path.split('?')[1])].filter(
    ([name]) => !['order', 'limit', 'controller'].includes(name),
  )
}

it('sends each part of a search text as a parameter of its own', () => {
  expect(parameters({ text: 'connection reset -health /time(out)?/ -/^GET/i' })).toEqual([
    ['text', 'connection reset'],
    ['not_text', 'health'],
    ['regex', 'time(out)?'],
    ['not_regex', '(?i)^GET'],
  ])
  expect(parameters({ text: 'a', caseSensitive: false })).toEqual([
    ['text', 'a'],
    ['ignore_case', 'true'],
  ])
})

it('sends levels and stream, and a time range with both of its ends', () => {
  const range = { since: '2025-11-25T22:00:00.000000000Z', until: '2025-11-25T22:59:59.999999999Z' }
  expect(parameters({ levels: ['error', 'warn'], stderrOnly: true, range })).toEqual([
    ['levels', 'error,warn'],
    ['stream', 'stderr'],
    ['since', '2025-11-25T21:59:59.999999999Z'],
    ['until', '2025-11-25T23:00:00.000000000Z'],
  ])
})

it('names one container in the path, and several as parameters', () => {
  const odd = { controller: '', name: 'a/b c', id: null }
  expect(searchPath([odd], linesOf(ALL), NEWEST)).toBe(
    'api/container/a%2Fb%20c/logs/search?order=newest&limit=100',
  )
  expect(searchPath([WEB, odd], linesOf(ALL), NEWEST)).toBe(
    'api/containers/logs/search?container=edge-1%2Fweb&container=a%2Fb+c&order=newest&limit=100',
  )
})

it('moves a time by nanoseconds across seconds', () => {
  expect(shifted('2025-12-31T23:59:59.999999999Z', 1)).toBe('2026-01-01T00:00:00.000000000Z')
  expect(shifted('2026-01-01T00:00:00.000000000Z', -1)).toBe('2025-12-31T23:59:59.999999999Z')
  expect(shifted('2026-01-01T00:00:00.000000005Z', -1)).toBe('2026-01-01T00:00:00.000000004Z')
})
