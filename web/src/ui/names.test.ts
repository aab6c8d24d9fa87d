import { expect, it } from 'vitest'
import { compareNames } from './names'

it('sorts numbers in names as numbers, and different names never as equal', () => {
  const names = ['web-10', 'api', 'web-2', 'Web-2', 'web-02']
  expect([...names].sort(compareNames).filter((name) => name.startsWith('web-'))).toEqual([
    'web-02',
    'web-2',
    'web-10',
  ])
  expect(compareNames('web-2', 'web-02')).not.toBe(0)
  expect(compareNames('web-2', 'web-2')).toBe(0)
})
