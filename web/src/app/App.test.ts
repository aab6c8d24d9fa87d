import { flushPromises, type VueWrapper } from '@vue/test-utils'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { messages } from '../messages'
import { UNDO_MS } from '../state/containers/delayedStops'
import { golden } from '../testing/examples'
import { eventually, openPage, type TestPage } from '../testing/page'
import type { FakeEnvironment } from '../testing/environment'

let test: TestPage
let environment: FakeEnvironment
let page: VueWrapper

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage()
  ;({ environment, page } = test)
  environment.socket.open()
  environment.socket.receive(golden('container_update'))
  await flushPromises()
})

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const row = (name: string) => page.get(`[data-testid=container-row][data-container="${name}"]`)
const sent = (type: string) => environment.socket.sent.filter((message) => message.type === type)

it('lists the containers with state, health, uptime and ports', () => {
  expect(page.findAll('[data-testid=container-row]')).toHaveLength(4)
  expect(row('nginx-proxy').get('[data-testid=state]').text()).toBe('Running')
  expect(row('nginx-proxy').get('[data-testid=state-note]').text()).toBe('healthy')
  expect(row('ffmpeg-kick').get('[data-testid=status-detail]').text()).toBe('5s')
  expect(row('nginx-proxy').get('[data-testid=ports]').text()).toBe('Ports: 127.0.0.1:8080→80 443')
  expect(row('multiplexer').get('[data-testid=state-note]').text()).toBe('was running')
})

it('groups the list by controller when there are two', () => {
  expect(
    page.findAll('[data-testid=controller-group]').map((group) => group.attributes('data-controller')),
  ).toEqual(['edge-1', 'edge-2'])
})

it('distinguishes a host without containers from a controller that never connected', async () => {
  const update = { type: 'container_update', timestamp: '', containers: [] }
  const controller = { controller: 'host:8090', since: null, attempt: 3, retry_in_ms: null }
  environment.socket.receive({ ...update, controllers: [{ ...controller, state: 'waiting' }] })
  await flushPromises()
  expect(page.text()).toContain(messages.noControllers)

  environment.socket.receive({ ...update, controllers: [{ ...controller, state: 'connected' }] })
  await flushPromises()
  expect(page.text()).toContain(messages.noContainers)
})

it('says what to do about an empty list to those who can do it only', async () => {
  const show = async (more: object) => {
    environment.socket.receive({ type: 'container_update', timestamp: '', containers: [], ...more })
    await flushPromises()
    return page.get('[data-testid=empty]').text()
  }
  const controllers = [
    { controller: 'edge-1', since: null, attempt: 0, retry_in_ms: null, state: 'connected' },
  ]
  const none = await show({ controllers: [] })
  expect(none).toContain(messages.noControllers)
  expect(none).toContain('./run controller')
  expect(await show({ controllers: [], rights: ['view', 'stats'] })).toBe(messages.noControllers)
  expect(await show({ controllers: [], rights: [] })).toBe(messages.noneOfYours)
  expect(await show({ controllers, rights: [] })).toBe(messages.noContainers)
})

it('requests the whole list after a missed change', () => {
  environment.socket.receive({ ...JSON.parse(golden('containers_changed')), revision: 43 })
  expect(sent('hello')).toHaveLength(2)
})

it('passes the accessibility checks that need no layout', async () => {
  await row('nginx-proxy').get('[data-testid=open-log]').trigger('click')
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}, 60_000)

it('says that a controller does not measure load', async () => {
  const update = JSON.parse(golden('container_update'))
  update.controllers[0].features = []
  environment.socket.receive(update)
  await row('ffmpeg-kick').get('[data-testid=open-details]').trigger('click')
  await eventually(() => page.get('[data-testid=tab-load]').trigger('click'))
  await eventually(() => expect(page.get('[data-testid=load-note]').text()).toBe(messages.chart.notMeasured))
})

describe('actions', () => {
  const answer = (status: number, body: object) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(JSON.stringify(body), { status })),
    )

  it('are requested at the right URL, and their results are shown', async () => {
    answer(202, { status: 'restarting' })
    await row('ffmpeg-kick').get('[data-testid=action-restart]').trigger('click')
    await flushPromises()
    expect(fetch).toHaveBeenCalledWith(
      'http://relay.test/api/container/ffmpeg-kick/restart?controller=edge-1',
      expect.objectContaining({ method: 'POST' }),
    )
    expect(row('ffmpeg-kick').get('[data-testid=state]').text()).toBe('Restarting…')
    environment.socket.receive(golden('action'))
    await flushPromises()
    expect(page.get('[data-testid=failure]').text()).toContain(
      'Could not restart ffmpeg-kick: port 8080 is already allocated',
    )
    await page.get('[data-testid=dismiss]').trigger('click')
    expect(page.find('[data-testid=failure]').exists()).toBe(false)
  })

  it('show the reason when the relay refuses them', async () => {
    answer(409, { error: 'it is one of our own' })
    await row('ffmpeg-kick').get('[data-testid=action-stop]').trigger('click')
    environment.pass(UNDO_MS)
    await flushPromises()
    expect(page.get('[data-testid=failure]').text()).toContain('it is one of our own')
  })

  it('say how long a stop can be taken back', async () => {
    environment.pass(1000) // The past load is requested by then.
    answer(202, {})
    await row('ffmpeg-kick').get('[data-testid=action-stop]').trigger('click')
    expect(row('ffmpeg-kick').get('[data-testid=state-note]').text()).toBe('stops in 4 s')
    await row('ffmpeg-kick').get('[data-testid=action-undo]').trigger('click', { detail: 2 })
    expect(row('ffmpeg-kick').find('[data-testid=action-undo]').exists()).toBe(true)
    await row('ffmpeg-kick').get('[data-testid=action-undo]').trigger('click', { detail: 1 })
    environment.pass(UNDO_MS)
    expect(fetch).not.toHaveBeenCalled()
    expect(row('ffmpeg-kick').find('[data-testid=action-stop]').exists()).toBe(true)
  })

  it('are not requested by a click that was meant for the button that was there before', async () => {
    answer(202, {})
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const button = (name: string) => row('ffmpeg-kick').get(`[data-testid=action-${name}]`)
    const click = async (name: string, after: number, detail = 1) => {
      vi.advanceTimersByTime(after)
      await button(name).trigger('click', { detail })
    }
    const disabled = (name: string) => button(name).attributes('aria-disabled')
    await click('stop', 0)
    expect(disabled('undo')).toBeUndefined()
    await click('undo', 100)
    await click('stop', 200, 2)
    await click('restart', 700)
    expect(row('ffmpeg-kick').find('[data-testid=action-undo]').exists()).toBe(false)
    expect(disabled('stop')).toBe('true')
    expect(button('stop').attributes('title')).toContain(messages.justChanged)
    vi.advanceTimersByTime(200)
    await flushPromises()
    expect(disabled('stop')).toBeUndefined()
    expect(fetch).not.toHaveBeenCalled()

    const update = JSON.parse(golden('container_update'))
    const kick = update.containers.find((one: { name: string }) => one.name === 'ffmpeg-kick')
    kick.action = { action: 'stop', by: 'ann', since: update.timestamp, grace: 20 }
    environment.socket.receive(update)
    await flushPromises()
    expect(disabled('kill')).toBe('true')
    await click('kill', 1400)
    expect(fetch).not.toHaveBeenCalled()
    await click('kill', 200)
    expect(fetch).toHaveBeenCalledTimes(1)
    vi.useRealTimers()
  })

  it('are in progress wherever the container is shown, on a page that is opened later', async () => {
    answer(202, {})
    const update = JSON.parse(golden('container_update'))
    const kick = update.containers.find((one: { name: string }) => one.name === 'ffmpeg-kick')
    const now = Date.parse(update.timestamp)
    kick.status = 'running'
    kick.action = { action: 'stop', by: 'ann', since: new Date(now - 6000).toISOString(), grace: 20 }
    environment.socket.receive(update)
    await row('ffmpeg-kick').get('[data-testid=open-log]').trigger('click')
    for (const place of [row('ffmpeg-kick'), page.get('[data-testid=log-pane]')]) {
      expect(place.get('[data-testid=state]').text()).toBe('Stopping…')
      expect(place.get('[data-testid=state-note]').text()).toBe('killed in 14 s')
    }
    expect(row('ffmpeg-kick').get('[data-testid=outcome]').text()).toContain('Requested by ann')
    await row('ffmpeg-kick').get('[data-testid=action-kill]').trigger('click')
    expect(fetch).toHaveBeenCalledWith(
      'http://relay.test/api/container/ffmpeg-kick/kill?controller=edge-1',
      expect.objectContaining({ method: 'POST' }),
    )
    await row('ffmpeg-kick').get('[data-testid=open-details]').trigger('click')
    await eventually(() =>
      expect(page.get('[data-testid=detail] [data-testid=state]').text()).toBe('Stopping…'),
    )
    expect(page.findAll('[data-testid=state]').map((state) => state.text())).toEqual(['Stopping…'])
  })

  it('that wait for another one are named in the list and on the container’s page', async () => {
    const update = JSON.parse(golden('container_update'))
    const kick = update.containers.find((one: { name: string }) => one.name === 'ffmpeg-kick')
    kick.status = 'running'
    kick.action = { action: 'stop', by: 'ann', since: update.timestamp, waiting: ['restart', 'start'] }
    environment.socket.receive(update)
    // Of another page: the requester of what waits is not the one of the stop.
    const accepted = { action: 'restart', state: 'accepted', message: null, by: 'bob' }
    environment.socket.receive({ ...JSON.parse(golden('action')), ...accepted })
    await flushPromises()
    const words = /^Then: restart, start\. Requested by ann at /
    const inRow = row('ffmpeg-kick').get('[data-testid=outcome]')
    expect(inRow.text()).toMatch(words)
    expect(inRow.attributes('role')).toBe('status')
    await row('ffmpeg-kick').get('[data-testid=open-details]').trigger('click')
    await eventually(() =>
      expect(page.get('[data-testid=detail] [data-testid=outcome]').text()).toMatch(words),
    )
  })

  it('that wait for an equal one leave its requester in place', async () => {
    answer(202, {})
    await row('ffmpeg-kick').get('[data-testid=action-restart]').trigger('click')
    const update = JSON.parse(golden('container_update'))
    const kick = update.containers.find((one: { name: string }) => one.name === 'ffmpeg-kick')
    kick.status = 'running'
    kick.action = { action: 'restart', by: 'ann', since: update.timestamp, waiting: ['restart'] }
    environment.socket.receive(update)
    await flushPromises()
    expect(row('ffmpeg-kick').get('[data-testid=outcome]').text()).toMatch(
      /^Then: restart\. Requested by ann at /,
    )
    kick.action = { ...kick.action, by: '127.0.0.1', waiting: undefined }
    environment.socket.receive(update)
    await flushPromises()
    expect(row('ffmpeg-kick').find('[data-testid=outcome]').exists()).toBe(false)
  })

  it('are disabled with the reason when they are not possible', async () => {
    answer(202, {})
    const start = row('scheduler').get('[data-testid=action-start]')
    expect(start.attributes('aria-disabled')).toBe('true')
    expect(start.attributes('aria-label')).toContain('there is no container')
    await start.trigger('click')
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('a log', () => {
  beforeEach(async () => {
    await row('ffmpeg-kick').get('[data-testid=open-log]').trigger('click')
  })

  it('subscribes when it opens and unsubscribes when it closes', async () => {
    expect(sent('subscribe_logs')[0]).toMatchObject({ container: 'edge-1/ffmpeg-kick', wait: true })
    expect(page.get('[data-testid=log-dock]').attributes('data-container')).toBe('ffmpeg-kick')
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await flushPromises()
    expect(sent('unsubscribe_logs')[0]).toMatchObject({ container: 'edge-1/ffmpeg-kick', sub: 'log-1' })
    expect(page.find('[data-testid=log-dock]').exists()).toBe(false)
  })

  it('shows hostile text as text', async () => {
    const sub = sent('subscribe_logs')[0]!.sub
    const logs = ['2025-11-25T22:52:30.123456789Z <img src=x onerror=alert(1)>\u001b[31m<b>red']
    environment.socket.receive({ ...JSON.parse(golden('log_snapshot')), sub, logs })
    await eventually(() => page.get('[data-testid=log-text]'))
    expect(page.get('[data-testid=log-text]').text()).toBe('<img src=x onerror=alert(1)><b>red')
    expect(page.find('[data-testid=log] img').exists()).toBe(false)
  })

  it('resumes after its last line when the connection is back', async () => {
    const sub = sent('subscribe_logs')[0]!.sub
    environment.socket.receive({ ...JSON.parse(golden('log_snapshot')), sub })
    environment.socket.fail()
    environment.pass(1000)
    environment.socket.open()
    expect(sent('subscribe_logs')).toEqual([
      expect.objectContaining({ sub: 'log-2', after: JSON.parse(golden('log_snapshot')).cursor, wait: true }),
    ])
  })
})

it('keeps the list during an outage, shows a banner after 1.5 s, and another one when it is over', async () => {
  environment.pass(12_000)
  environment.socket.receive(golden('heartbeat'))
  environment.socket.fail()
  environment.pass(1000)
  environment.socket.fail()
  await flushPromises()
  expect(page.find('[data-banner=relay]').exists()).toBe(false)
  environment.pass(600)
  await flushPromises()
  expect(page.get('[data-banner=relay]').text()).toMatch(
    /^Connection lost\.\s+Retrying in \d s .* Showing data from/,
  )
  expect(page.findAll('[data-testid=container-row]')).toHaveLength(4)
  expect(row('nginx-proxy').get('[data-testid=action-restart]').attributes('aria-label')).toContain(
    'Not connected',
  )
  await page.get('[data-testid=retry]').trigger('click')
  environment.socket.open()
  await flushPromises()
  expect(page.get('[data-testid=banner]').text()).toBe('Back online.')
  environment.pass(2500)
  await flushPromises()
  expect(page.findAll('[data-testid=banner]').map((banner) => banner.attributes('data-banner'))).toEqual([
    'controller:edge-2',
  ])
})

describe('a container page', () => {
  const list = () => JSON.parse(golden('container_update')).containers as { name: string; id: string }[]
  const change = (fields: object) =>
    environment.socket.receive({
      ...JSON.parse(golden('containers_changed')),
      containers: [],
      removed: [],
      changes: [],
      ...fields,
    })

  beforeEach(async () => {
    test.router.go('/c/edge-1/0123456789ab')
    await eventually(() => expect(page.find('[data-testid=detail]').exists()).toBe(true))
  })

  it('has one bar: name and state are there once, with the tools of the log', () => {
    const detail = page.get('[data-testid=detail]')
    expect(detail.findAll('h1, h2').map((title) => title.text())).toEqual(['ffmpeg-kick'])
    expect(detail.findAll('[data-testid=state]')).toHaveLength(1)
    expect(detail.findAll('header')).toHaveLength(1)
    for (const tool of ['tab-load', 'log-search', 'log-time', 'action-restart'])
      expect(detail.find(`header [data-testid=${tool}]`).exists()).toBe(true)
  })

  it('gives the browser tab the name of what it shows', async () => {
    expect(document.title).toBe('ffmpeg-kick · Dockrelay')

    test.router.go('/settings')
    await flushPromises()
    expect(document.title).toBe(`${messages.settings} · Dockrelay`)
    test.router.go('/')
    await flushPromises()
    expect(document.title).toBe('Dockrelay')
  })

  it('keeps the log of a removed container, with a mark, until the reader leaves', async () => {
    const log = page.get('[data-testid=panel-logs]').element
    change({ removed: [{ controller: 'edge-1', id: '0123456789ab', name: 'ffmpeg-kick' }] })
    await flushPromises()

    expect(page.get('[data-testid=panel-logs]').element).toBe(log)
    expect(page.get('[data-testid=removed]').text()).toBe(messages.removed)
    expect(document.title).toBe('ffmpeg-kick · Dockrelay')
    expect(page.get('[data-testid=detail] [data-testid=state]').text()).toBe('Removed')
    expect(sent('unsubscribe_logs')).toHaveLength(0)

    test.router.go('/')
    await flushPromises()
    test.router.go('/c/edge-1/0123456789ab')
    await eventually(() => expect(page.find('[data-testid=gone]').exists()).toBe(true))
  })

  it('goes to the container that was created in the place of a removed one', async () => {
    const last = list().find(({ name }) => name === 'ffmpeg-kick')!
    change({ removed: [{ controller: 'edge-1', id: '0123456789ab', name: 'ffmpeg-kick' }] })
    await flushPromises()
    change({ revision: 43, containers: [{ ...last, id: 'bbbbbbbbbbbb' }] })
    await flushPromises()

    expect(test.router.container).toBe('bbbbbbbbbbbb')
    expect(page.find('[data-testid=removed]').exists()).toBe(false)
  })
})
