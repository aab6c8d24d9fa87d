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

it('offers containers and commands, but no actions, before anything is typed', () => {
  expect(titles(' ')).toEqual(['nginx-proxy edge-1', 'nginx-proxy staging', 'Settings Go to'])
})

it('finds containers first, and their actions when they are typed', () => {
  expect(titles('ngin')[0]).toBe('nginx-proxy edge-1')
  expect(titles('rest ng')[0]).toBe('Restart nginx-proxy edge-1')
  expect(titles('proxy stag')[0]).toBe('nginx-proxy staging')
  expect(titles('zzz')).toEqual([])
})

it('marks the typed characters', () => {
  expect(highlight('nginx', [0, 1, 4])).toEqual([
    { text: 'ng', typed: true },
    { text: 'in', typed: false },
    { text: 'x', typed: true },
  ])
})

it('ranks views above actions, and actions above disabled ones', () => {
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
