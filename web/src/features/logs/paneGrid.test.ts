import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { golden } from '../../testing/examples'
import { eventually, openPage, press, type TestPage } from '../../testing/page'

let test: TestPage

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage('http://relay.test/logs?p=edge-1/nginx-proxy&p=edge-1/ffmpeg-kick')
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await eventually(() => expect(test.page.findAll('[data-pane]')).toHaveLength(2))
})

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const focusedPane = () =>
  document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.container ?? null
const rows = (container: string) =>
  test.page.findAll(`[data-pane][data-container="${container}"] [data-testid=log-line]`)

function snapshot(container: string, ...seconds: number[]): void {
  const { sub } = test.environment.socket.sent.find(
    (one) => one.type === 'subscribe_logs' && one.container === `edge-1/${container}`,
  )!
  const logs = seconds.map((second) => `2025-11-25T22:52:1${second}.000000000Z at ${second}`)
  const whole = { container, sub, logs, more_before: false }
  test.environment.socket.receive({ ...JSON.parse(golden('log_snapshot')), ...whole })
}

it('the bracket keys move the focus from pane to pane, around the end', async () => {
  for (const [key, pane] of [
    [']', 'nginx-proxy'],
    [']', 'ffmpeg-kick'],
    [']', 'nginx-proxy'],
    ['[', 'ffmpeg-kick'],
  ] as const) {
    press(key)
    await flushPromises()
    expect(focusedPane()).toBe(pane)
  }
})

it('marks the time under the pointer in the other pane, until the pointer leaves', async () => {
  snapshot('nginx-proxy', 1, 4)
  snapshot('ffmpeg-kick', 0, 3, 5)
  await eventually(() => expect(rows('ffmpeg-kick')).toHaveLength(3))
  await eventually(() => expect(rows('nginx-proxy')).toHaveLength(2))
  const marked = () => test.page.findAll('.at-moment').map((row) => row.get('[data-testid=log-text]').text())
  await rows('nginx-proxy')[1]!.trigger('pointermove')
  expect(marked()).toEqual(['at 3'])
  await rows('nginx-proxy')[0]!.trigger('pointermove')
  expect(marked()).toEqual(['at 0'])
  await test.page.get('[data-container="nginx-proxy"] [data-testid=log]').trigger('pointerleave')
  expect(marked()).toEqual([])
})

it('keeps following when a search has no hit', async () => {
  snapshot('nginx-proxy', 1, 4)
  const pane = test.page.get('[data-pane][data-container="nginx-proxy"]')
  const following = () => pane.get('[data-testid=log]').attributes('data-following')
  for (const [text, found, follows] of [
    ['nowhere', 'no match', 'true'],
    ['at 4', '1', 'false'],
  ] as const) {
    const field = pane.get('[data-testid=log-search]')
    await field.setValue(text)
    await eventually(() => expect(pane.get('[data-testid=log-hits]').text()).toBe(found))
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(following()).toBe(follows)
  }
})

it('shows how many containers a pane merges, without those whose log the reader may not read', async () => {
  const words = () => test.page.findAll('[data-testid=log-members] .word').map((word) => word.text())
  expect(words()).toEqual([])
  test.router.go('/logs?p=project:latestrelayer&p=edge-1/nginx-proxy,edge-1/ffmpeg-kick')
  await eventually(() => expect(words()).toEqual(['2 merged', '+1 merged']))
})
