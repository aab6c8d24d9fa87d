import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { end, found } from '../../testing/logWorker'
import { golden } from '../../testing/examples'
import { logMessages } from './logMessages'
import { eventually, openPage, press, type TestPage } from '../../testing/page'

let test: TestPage
let page: VueWrapper
/** Sends the next line of the search that runs. */
let find: (line: object) => void

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage('http://relay.test/logs?p=edge-1/ffmpeg-kick')
  ;({ page } = test)
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await eventually(() => page.get('[data-testid=log]'))
  const { sub } = test.environment.socket.sent.find(({ type }) => type === 'subscribe_logs')!
  const logs = ['one', 'two'].map((text, i) => `2025-11-25T22:52:3${i}.000000000Z ${text}`)
  const snapshot = { ...JSON.parse(golden('log_snapshot')), sub, logs, streams: 'oo', more_before: true }
  test.environment.socket.receive(snapshot)
  await eventually(() => expect(page.findAll('[data-testid=log-line]')).toHaveLength(2))
  const progress = { type: 'progress', lines: 1_200_000, hits: 0, at: '2025-11-25T09:03:11.000000000Z' }
  test.environment.searches.push([progress, new Promise((resolve) => (find = resolve)), end(1)])
  press('E')
})

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const searching = () => page.find('[data-testid=log-searching]')
const sought = () => page.find('[data-testid=log-sought]')

it('a search beyond the loaded lines shows how far it is, without a filter', async () => {
  await eventually(() => expect(searching().text()).toMatch(/1,200,000 lines read, now at .*\d\d:03:11/))
})

it.each([
  ['Escape', () => press('Escape')],
  ['its button', () => void page.get('[data-testid=log-stop-search]').trigger('click')],
])('%s stops it', async (_, stop) => {
  await eventually(() => expect(searching().text()).toContain('lines read'))
  stop()
  await eventually(() => expect(searching().exists()).toBe(false))
  find(found(9, 'ERROR boom'))
  await flushPromises()
  expect(sought().exists()).toBe(false)
})

it('what it found is one click away when the reader has scrolled meanwhile', async () => {
  await eventually(() => expect(searching().exists()).toBe(true))
  const log = page.get('[data-testid=log]')
  Object.defineProperty(log.element, 'scrollHeight', { value: 10_000 })
  log.element.scrollTop = 1
  await log.trigger('scroll')
  find(found(9, 'ERROR boom', { timestamp: '2025-11-25T09:02:59.000000000Z' }))
  await eventually(() => expect(sought().text()).toMatch(/^Found at .*\d\d:02:59/))
  const posted = vi.spyOn(test.session.logs.panes[0]!, 'post')
  await page.get('[data-testid=log-show-found]').trigger('click')
  expect(posted).toHaveBeenCalledWith({ type: 'show-found' })
})

it('a filter that hides errors is named instead of the log', async () => {
  test.session.logs.panes[0]!.change({ levels: ['info'] })
  press('E')
  await eventually(() => expect(sought().text()).toBe('The filter hides errors.'))
})

it.each([
  ['hit', true, false, 'No match in this log.'],
  ['error', true, true, 'No error that the filter shows in this log.'],
  ['warn', false, true, 'No warning that the filter shows in the loaded lines.'],
] as const)('no %s, whole: %j, filtered: %j', (target, whole, filtered, text) => {
  expect(logMessages.notFound({ kind: 'none', target, whole, filtered })).toBe(text)
})
