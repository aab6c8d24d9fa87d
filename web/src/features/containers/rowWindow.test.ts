import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { container } from '../../testing/examples'
import { eventually, openPage, press, type TestPage } from '../../testing/page'

const COUNT = 500
const ROW = 40
const SIGHT = 600
let test: TestPage

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(SIGHT)
  test = openPage('http://relay.test/?group=none')
  const containers = Array.from({ length: COUNT }, (_, i) => container({ name: `c-${i}` }))
  test.environment.socket.open()
  test.environment.socket.receive({ type: 'container_update', timestamp: '', containers, controllers: [] })
  await eventually(() => expect(names()).toHaveLength(24))
})

afterEach(() => {
  test.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const rows = () => test.page.findAll('[data-testid=container-row]')
const names = () => rows().map((row) => row.attributes('data-container'))
const list = () => test.page.get('[data-testid=list]').element

async function scroll(to: number): Promise<void> {
  list().scrollTop = to
  list().dispatchEvent(new Event('scroll'))
  await flushPromises()
}

it('renders the visible rows and a few more, with the total count for screen readers', () => {
  expect(names()[0]).toBe('c-0')
  const table = test.page.get('[role=table]')
  expect(table.attributes('aria-rowcount')).toBe(String(COUNT + 1))
  expect(rows()[0]!.attributes('aria-rowindex')).toBe('2')
})

it('renders the rows that are scrolled into sight, and removes distant ones', async () => {
  await scroll(300 * ROW)
  await eventually(() => expect(names()).toContain('c-299'))
  await eventually(() => expect(names()).toContain('c-314'))
  expect(names()).not.toContain('c-0')
  expect(rows().length).toBeLessThan(40)
})

it('moves the focus to rows that are not rendered', async () => {
  press('k')
  await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('c-499'))
  expect(list().scrollTop).toBe(COUNT * ROW + 30 - SIGHT)
  press('k')
  await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('c-498'))
})

it('keeps the focused row in the page when it is scrolled out of sight', async () => {
  press('j')
  await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('c-0'))
  await scroll(400 * ROW)
  await eventually(() => expect(names()).toContain('c-400'))
  expect(document.activeElement?.textContent?.trim()).toBe('c-0')
  press('j')
  await eventually(() => expect(document.activeElement?.textContent?.trim()).toBe('c-1'))
  expect(list().scrollTop).toBe(ROW)
})
