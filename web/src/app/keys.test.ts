import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Command } from '../commands/command'
import { CommandRegistry } from '../commands/registry'
import { golden } from '../testing/examples'
import { eventually, openPage, press, type TestPage } from '../testing/page'

let test: TestPage
/** Ids of the commands that keys have run; they do nothing in this test. */
let ran: string[]

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  ran = []
  vi.spyOn(CommandRegistry.prototype as unknown as Runs, 'runOrArm').mockImplementation((command) => {
    ran.push(command.id)
  })
})

afterEach(() => {
  test.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

interface Runs {
  runOrArm(command: Command): void
}

async function open(path: string, ready: string): Promise<void> {
  test = openPage(`http://relay.test${path}`)
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await eventually(() => expect(test.page.find(ready).exists()).toBe(true))
  await flushPromises()
}

/** Presses keys such as `G`, `g g` and `Mod+f` where the focus is. */
function type(keys: string): void {
  for (const stroke of keys.split(' ')) {
    const key = stroke.split('+').at(-1) || '+'
    press(key === 'Space' ? ' ' : key, {
      ctrlKey: stroke.includes('Mod+'),
      shiftKey: stroke.includes('Shift+'),
    })
  }
}

it.each([
  ['a container page', '/c/edge-1/0123456789ab', '[data-testid=log-pane]'],
  ['the logs page', '/logs?p=edge-1/ffmpeg-kick&p=edge-1/nginx-proxy', '[data-testid=log-pane]'],
])('every key of a log works on %s, wherever the focus is', async (_, path, ready) => {
  await open(path, ready)
  const outside = test.page
    .get('[data-testid=detail], [data-testid=logs-page]')
    .element.querySelector('button')
  for (const focus of [document.body, outside]) {
    if (focus instanceof HTMLButtonElement) focus.focus()
    else (document.activeElement as HTMLElement | null)?.blur()
    const commands = test.commands
      .all()
      .filter(({ scope, keys }) => scope === 'logs' && keys && keys[0] !== 'Escape')
    expect(commands.length).toBeGreaterThan(20)
    const first = commands.filter((command) => command.when?.() ?? true)
    expect(new Set(first.map(({ title }) => title))).toEqual(new Set(commands.map(({ title }) => title)))
    for (const { id, keys } of first)
      for (const key of keys!) {
        // A focused button uses these two itself.
        if (focus instanceof HTMLButtonElement && (key === 'Space' || key === 'Enter')) continue
        ran = []
        type(key)
        expect(ran, `${key} runs ${id}`).toEqual([id])
      }
  }
})

it('keys of a log act on the pane that had the focus last', async () => {
  await open('/logs?p=edge-1/ffmpeg-kick&p=edge-1/nginx-proxy', '[data-testid=log-pane]')
  const [, second] = test.session.logs.panes
  const pane = test.page.get(`[data-pane="${second!.number}"]`).element
  pane.querySelector<HTMLElement>('[tabindex="0"], button')!.focus()
  ;(document.activeElement as HTMLElement).blur()

  type('G')

  expect(ran).toEqual([`logs.${second!.number}.end`])
})

it('on the list the keys of the list go before those of an open log', async () => {
  await open('/?p=edge-1/ffmpeg-kick', '[data-testid=log-pane]')

  type('j')
  type('/')

  expect(ran).toEqual(['row-next', 'filter'])
})
