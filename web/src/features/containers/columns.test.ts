import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { golden } from '../../testing/examples'
import { openPage, type TestPage } from '../../testing/page'
import { listHeights } from './listHeights'

let test: TestPage

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const row = () => test.page.get('[data-testid=container-row][data-container="nginx-proxy"]')
const choose = async (id: string) => {
  document.querySelector<HTMLElement>(`[data-testid="menu-${id}"]`)!.click()
  await flushPromises()
}

it('columns and row height are chosen in a menu that stays open, and kept', async () => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage()
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await flushPromises()
  expect(row().findAll('[data-testid^=cell-]')).toHaveLength(0)
  expect(row().findAll('.at-name [data-testid=ports]')).toHaveLength(1)
  expect(row().get('.at-uptime').text()).not.toContain('→')

  await test.page.get('[data-testid=view-menu]').trigger('click')
  for (const column of ['ports', 'image', 'limit', 'restarts']) await choose(`column-${column}`)
  await choose('compact')

  expect(test.settings.columns).toEqual(['image', 'ports', 'restarts', 'limit'])
  expect(test.settings.density).toBe('compact')
  expect(row().get('[data-testid=cell-ports]').text()).toBe('127.0.0.1:8080→80 443')
  expect(row().findAll('[data-testid=image]')).toHaveLength(1)
  expect(row().findAll('[data-testid=ports]')).toHaveLength(0)
  // `:empty` in the style sheet: comments count as nothing, but text and elements do not.
  expect(row().get('.made-of').element.matches(':empty')).toBe(true)
  const heads = test.page.findAll('[role=columnheader]').length
  expect(row().findAll('[role=cell]')).toHaveLength(heads)
  await choose('column-image')
  expect(test.settings.columns).toEqual(['ports', 'restarts', 'limit'])
})

it('more than thirty compact rows fit on a page 900 px high', () => {
  test = openPage()
  const { row, group, columns } = listHeights('compact', false)
  const bars = 2 * 40
  const headsOfHostAndProject = 2 * group
  expect((900 - bars - columns - headsOfHostAndProject) / row).toBeGreaterThan(30)
})
