import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { messages } from '../messages'
import { golden } from '../testing/examples'
import { eventually, openPage, type TestPage } from '../testing/page'

let test: TestPage
let page: VueWrapper

async function open(path: string): Promise<void> {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage(`http://relay.test${path}`)
  ;({ page } = test)
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await flushPromises()
}

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

it.each([
  ['/containers/ffmpeg-kick', messages.noSuchPage('/containers/ffmpeg-kick')],
  ['/c/edge-1', messages.noSuchPage('/c/edge-1')],
  ['/host/nowhere', messages.unknownHost('nowhere')],
  ['/c/edge-1/nothing', messages.unknownContainer('nothing', 'edge-1')],
  ['/c/-/nothing', messages.unknownContainer('nothing', null)],
  ['/c/nowhere/nothing', messages.unknownHost('nowhere')],
  ['/?project=nope', messages.unknownProject('nope')],
])('%s says that it is wrong, with a link to the list', async (path, words) => {
  await open(path)
  await eventually(() => expect(page.text()).toContain(words))
  expect(page.findAll('[data-testid=container-row]')).toHaveLength(0)
  expect(test.history.address()).toBe(`http://relay.test${path}`)

  await page.get('[data-testid=to-list]').trigger('click')
  expect(page.findAll('[data-testid=container-row]')).toHaveLength(4)
})

it('a merged pane names the containers whose logs cannot be read', async () => {
  await open('/logs?p=edge-1/ffmpeg-kick,edge-1/nginx-proxy,edge-1/multiplexer,edge-1/later')
  await eventually(() => page.get('[data-testid=log]'))
  const { socket } = test.environment
  const subOf = (name: string) =>
    socket.sent.find(({ container }) => container === `edge-1/${name}`)!.sub as string
  const at = (name: string) => ({ container: name, controller: 'edge-1', sub: subOf(name) })
  socket.receive({ ...JSON.parse(golden('log_snapshot')), ...at('ffmpeg-kick') })
  socket.receive({
    ...JSON.parse(golden('log_state')),
    ...at('nginx-proxy'),
    state: 'unreadable',
    message: 'driver none',
  })
  socket.receive({ ...JSON.parse(golden('log_state')), ...at('later'), state: 'waiting', message: null })
  socket.receive({
    type: 'error',
    code: 'no_such_container',
    message: 'no such container',
    request: 'subscribe_logs',
    ...at('multiplexer'),
  })

  await eventually(() =>
    expect(page.get('[data-testid=log-unread]').text()).toMatch(
      /^No lines of 3 containers:\s+nginx-proxy \(driver none\), multiplexer \(no such container\), later \(it does not exist yet\)$/,
    ),
  )
})
