import { beforeEach, expect, it, vi } from 'vitest'
import type { Command } from './command'
import { CommandRegistry, SECOND_PRESS_MS, type KeyContext } from './registry'
import { keystrokeOf, formatKeys } from './keystrokes'

let registry: CommandRegistry
const run = vi.fn()
const idle: KeyContext = { typing: false, inLogs: false, singleKeys: true, now: 1000 }
const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Test',
  keys,
  run: () => run(id),
  ...more,
})
const offer = (...commands: Command[]) => registry.register(() => commands)

beforeEach(() => {
  registry = new CommandRegistry()
  run.mockReset()
})

it('runs the command of a keystroke, and reports whether there was one', () => {
  offer(command('palette', ['Mod+k']))
  expect(registry.press('Mod+k', idle)).toBe(true)
  expect(run).toHaveBeenCalledWith('palette')
  expect(registry.press('q', idle)).toBe(false)
})

it('accepts two keystrokes in a row if the second comes in time', () => {
  offer(command('home', ['g h']), command('help', ['h']))
  expect(registry.press('g', idle)).toBe(true)
  registry.press('h', { ...idle, now: 1500 })
  expect(run).toHaveBeenLastCalledWith('home')
  registry.press('g', idle)
  registry.press('h', { ...idle, now: 9000 })
  expect(run).toHaveBeenLastCalledWith('help')
})

it('ignores single keys while typing, and when they are disabled', () => {
  offer(command('theme', ['t']), command('palette', ['Mod+k']), command('leave', ['Escape']))
  expect(registry.press('t', { ...idle, typing: true })).toBe(false)
  expect(registry.press('t', { ...idle, singleKeys: false })).toBe(false)
  expect(registry.press('Mod+k', { ...idle, typing: true, singleKeys: false })).toBe(true)
  expect(registry.press('Escape', { ...idle, typing: true })).toBe(true)
})

it('prefers log commands inside a log, and only there', () => {
  offer(command('page', ['n']), command('log', ['n'], { scope: 'logs' }))
  registry.press('n', { ...idle, inLogs: true })
  expect(run).toHaveBeenLastCalledWith('log')
  registry.press('n', idle)
  expect(run).toHaveBeenLastCalledWith('page')
})

it('runs the possible command with the highest priority', () => {
  let open = true
  offer(
    command('filter', ['Escape'], { priority: 30 }),
    command('dock', ['Escape'], { priority: 40, when: () => open }),
  )
  registry.press('Escape', idle)
  expect(run).toHaveBeenLastCalledWith('dock')
  open = false
  registry.press('Escape', idle)
  expect(run).toHaveBeenLastCalledWith('filter')
})

it('asks for a second press where a command requires it, and forgets the first after a while', () => {
  offer(command('stop', ['s'], { confirm: () => 'Press s again to stop web' }), command('other', ['x']))
  registry.press('s', idle)
  expect(run).not.toHaveBeenCalled()
  expect(registry.waiting.value).toBe('Press s again to stop web')
  registry.press('s', { ...idle, now: 1000 + SECOND_PRESS_MS })
  expect(run).not.toHaveBeenCalled()
  registry.press('x', idle)
  registry.press('s', idle)
  registry.press('s', { ...idle, now: 1100 })
  expect(run.mock.calls.map(([id]) => id)).toEqual(['other', 'stop'])
  registry.press('s', idle)
  registry.expire(idle.now + SECOND_PRESS_MS)
  expect(registry.waiting.value).toBeNull()
})

it('removes the commands of an unmounted component', () => {
  const gone = offer(command('theme', ['t']))
  gone()
  expect(registry.press('t', idle)).toBe(false)
})

it.each([
  [{ key: 'G', shiftKey: true }, 'G'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'Enter', shiftKey: true }, 'Shift+Enter'],
  [{ key: 'K', ctrlKey: true }, 'Mod+k'],
  [{ key: ' ' }, 'Space'],
  [{ key: 'Shift', shiftKey: true }, null],
])('%o is %s', (event, stroke) => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  expect(keystrokeOf({ ...plain, ...event })).toBe(stroke)
})

it('formats keys for people', () => {
  expect(formatKeys('Mod+k', false)).toEqual(['Ctrl+K'])
  expect(formatKeys('Mod+k', true)).toEqual(['⌘ K'])
  expect(formatKeys('g h', false)).toEqual(['g', 'h'])
  expect(formatKeys('+', false)).toEqual(['+'])
  expect(formatKeys('ArrowDown', false)).toEqual(['↓'])
})
