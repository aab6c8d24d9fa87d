import { expect, it } from 'vitest'
import { searchedText } from './searchedText'

it('says per host what was searched and what could not', () => {
  expect(
    searchedText([
      { host: 'edge-1', logs: 3, failed: [] },
      { host: 'edge-2', logs: 2, failed: [{ container: 'db', reason: 'it cannot be read' }] },
      { host: 'edge-3', logs: 4, failed: [{ container: null, reason: 'controller edge-3 is away.' }] },
    ]),
  ).toEqual([
    'Searched: edge-1 (3 logs), edge-2 (1 log).',
    'Not searched: edge-2/db: it cannot be read.',
    'Not searched: edge-3: controller edge-3 is away.',
  ])
})

it('counts failures that are too many to name', () => {
  const failed = Array.from({ length: 9 }, (_, i) => ({ container: `c${i}`, reason: 'no' }))
  const texts = searchedText([{ host: 'edge-1', logs: 9, failed }])
  expect(texts).toHaveLength(6)
  expect(texts.at(-1)).toBe('And 4 more.')
})
