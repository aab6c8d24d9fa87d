import { expect, it } from 'vitest'
import { findEntries, highlight, type PaletteEntry } from './entries'

const entry = (title: string, note = '', offered = true): PaletteEntry => ({
  id: title,
  title,
  note,
  offered,
  run: () => {},
})
const ENTRIES = [
  entry('nginx-proxy', 'edge-1'),
  entry('nginx-proxy', 'staging'),
  entry('Restart nginx-proxy', 'edge-1', false),
  entry('Settings', 'Go to'),
]
const titles = (typed: string) =>
  findEntries(typed, ENTRIES).map(({ entry }) => `${entry.title} ${entry.note}`)

it('offers what there is before anything is typed, but no actions', () => {
  expect(titles(' ')).toEqual(['nginx-proxy edge-1', 'nginx-proxy staging', 'Settings Go to'])
})

it('finds containers first, and their actions when they are asked for', () => {
  expect(titles('ngin')[0]).toBe('nginx-proxy edge-1')
  expect(titles('rest ng')[0]).toBe('Restart nginx-proxy edge-1')
  expect(titles('proxy stag')[0]).toBe('nginx-proxy staging')
  expect(titles('zzz')).toEqual([])
})

it('marks what was typed', () => {
  expect(highlight('nginx', [0, 1, 4])).toEqual([
    { text: 'ng', typed: true },
    { text: 'in', typed: false },
    { text: 'x', typed: true },
  ])
})

it('shows before it does, and does before it says that something cannot be done', () => {
  const all = [
    { ...entry('Stop web', '', false), acts: true },
    { ...entry('Start web', '', false), acts: true, disabledBecause: 'it is running already' },
    entry('Log of web', '', false),
    entry('web'),
  ]
  expect(findEntries('web', all).map((found) => found.entry.title)).toEqual([
    'web',
    'Log of web',
    'Stop web',
    'Start web',
  ])
})
