import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { golden } from '../testing/examples'
import { eventually, openPage, type TestPage } from '../testing/page'

// Hosts that return under another id, and hosts that are gone for good.

let test: TestPage
let page: VueWrapper

async function open(address: string): Promise<void> {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage(`http://relay.test${address}`)
  ;({ page } = test)
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await flushPromises()
}

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const sent = (type: string) => test.environment.socket.sent.filter((message) => message.type === type)

/** The relay reports that edge-1 answers under another id now. */
async function returnsAsEdge9(): Promise<void> {
  const link = { controller: 'edge-9', state: 'connected', since: null, attempt: 0, retry_in_ms: null }
  test.environment.socket.receive({ type: 'controller_status', ...link, replaces: ['edge-1'] })
  await flushPromises()
}

describe('a host that returns under another id', () => {
  it('keeps its containers, and is not listed twice', async () => {
    await open('/')
    await returnsAsEdge9()
    expect(
      page.findAll('[data-testid=controller-group]').map((group) => group.attributes('data-controller')),
    ).toEqual(['edge-2', 'edge-9'])
    expect(page.findAll('[data-testid=container-row]')).toHaveLength(4)
  })

  it('keeps an open log with its lines, and resumes it under the new id', async () => {
    await open('/?p=edge-1/ffmpeg-kick')
    const { sub } = sent('subscribe_logs')[0]!
    test.environment.socket.receive({ ...JSON.parse(golden('log_snapshot')), sub })
    await eventually(() => expect(page.findAll('[data-testid=log-line]')).toHaveLength(2))

    await returnsAsEdge9()

    expect(sent('unsubscribe_logs')).toEqual([])
    expect(sent('subscribe_logs')).toHaveLength(1)
    expect(page.findAll('[data-testid=log-line]')).toHaveLength(2)
    expect(test.history.address()).toBe('http://relay.test/?p=edge-9%2Fffmpeg-kick')

    test.environment.socket.fail()
    test.environment.pass(1000)
    test.environment.socket.open()
    expect(sent('subscribe_logs')).toEqual([
      expect.objectContaining({
        container: 'edge-9/ffmpeg-kick',
        after: JSON.parse(golden('log_snapshot')).cursor,
      }),
    ])
  })

  it('keeps the page of a container and its log', async () => {
    await open('/c/edge-1/0123456789ab')
    await eventually(() => expect(sent('subscribe_logs')).toHaveLength(1))

    await returnsAsEdge9()

    expect(test.history.address()).toBe('http://relay.test/c/edge-9/0123456789ab')
    expect(page.find('[data-testid=gone]').exists()).toBe(false)
    expect(sent('unsubscribe_logs')).toEqual([])
    expect(test.session.history.history.value.has('edge-9/ffmpeg-kick')).toBe(true)
  })

  it('is found by links and pins with the old id', async () => {
    await open('/c/5d1f0c2b9a7e/fedcba987654')
    expect(test.history.address()).toBe('http://relay.test/c/edge-2/fedcba987654')
    test.settings.pinned = ['edge-1/nginx-proxy', 'edge-2/multiplexer']

    await returnsAsEdge9()

    expect(test.settings.pinned).toEqual(['edge-9/nginx-proxy', 'edge-2/multiplexer'])
  })

  it('is another host as soon as the old id is one by itself', async () => {
    await open('/')
    await returnsAsEdge9()
    const update = JSON.parse(golden('container_update'))
    const edge9 = { ...update.controllers[0], controller: 'edge-9', replaces: ['edge-1'] }
    test.environment.socket.receive({ ...update, controllers: [...update.controllers, edge9] })
    await flushPromises()
    expect(test.session.fleet.value.former.has('edge-1')).toBe(false)
  })
})

describe('a host that is away', () => {
  const answer = (status: number, body: object) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(JSON.stringify(body), { status })),
    )
  const group = (controller: string) =>
    page.get(`[data-testid=controller-group][data-controller="${controller}"]`)

  it('is dismissed after a question; one that is connected is not offered it', async () => {
    await open('/')
    answer(200, {})
    expect(group('edge-1').find('[data-testid=dismiss-host]').exists()).toBe(false)
    await group('edge-2').get('[data-testid=dismiss-host]').trigger('click')
    expect(fetch).not.toHaveBeenCalled()

    await page.get('[data-testid=dismiss-host-dialog] [data-testid=agree]').trigger('click')
    await flushPromises()

    expect(fetch).toHaveBeenCalledWith(
      'http://relay.test/api/controllers/edge-2',
      expect.objectContaining({ method: 'DELETE' }),
    )
    expect(page.find('[data-testid=dismiss-host-dialog]').exists()).toBe(false)
  })

  it('stays when the reader does not agree, or the relay refuses', async () => {
    await open('/')
    answer(409, { error: 'Controller edge-2 is connected.' })
    await group('edge-2').get('[data-testid=dismiss-host]').trigger('click')
    await page.get('[data-testid=dismiss-host-dialog] [data-testid=cancel]').trigger('click')
    expect(fetch).not.toHaveBeenCalled()

    await page.get('[data-testid=banner-dismiss]').trigger('click')
    await page.get('[data-testid=dismiss-host-dialog] [data-testid=agree]').trigger('click')
    await flushPromises()
    expect(page.get('[data-testid=dismiss-host-dialog]').text()).toContain('Controller edge-2 is connected.')
  })
})
