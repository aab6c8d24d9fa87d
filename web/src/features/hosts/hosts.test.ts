import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { golden } from '../../testing/examples'
import { eventually, openPage, type TestPage } from '../../testing/page'
import { milliseconds, offsetText } from './linkText'

const LINES = {
  run: './run controller --relay wss://r --enrol abc',
  docker: 'docker run …',
  compose: 'services:\n',
}
const TOKEN = { id: 'e1', token: 'abc', expires: '2030-01-01T00:00:00.000Z', lines: LINES }

let test: TestPage
let page: VueWrapper
let listed: object[]
/** Null for a relay without enrolments. */
let enrolments: object[] | null
let refusal: [status: number, error: string] | null
let requests: { method: string; path: string; body: unknown }[]

beforeEach(() => {
  listed = [
    { name: 'edge-1', source: 'settings', url: 'ws://edge-1:8090', controller: 'edge-1', state: 'connected' },
    {
      name: 'edge-2',
      source: 'page',
      url: 'ws://edge-2:8090',
      controller: 'edge-2',
      state: 'waiting',
      lastContact: '2025-11-25T22:50:00.000Z',
      problem: 'connection refused',
    },
    { name: 'new', source: 'file', url: 'wss://new:8090', state: 'connecting', labels: { region: 'eu' } },
  ]
  enrolments = []
  refusal = null
  requests = []
})

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

async function answer(url: URL | string, options: RequestInit = {}): Promise<Response> {
  const { pathname } = new URL(url, 'http://relay.test/')
  const method = options.method ?? 'GET'
  if (method === 'GET' && pathname === '/api/hosts') return Response.json({ hosts: listed })
  if (method === 'GET' && pathname === '/api/enrolments')
    return enrolments === null
      ? Response.json({ error: 'There is no such page.' }, { status: 404 })
      : Response.json({ enrolments })
  if (method === 'GET') return Response.json({ changes: [] })
  requests.push({ method, path: pathname, body: JSON.parse((options.body as string | undefined) ?? 'null') })
  if (refusal) return Response.json({ error: refusal[1] }, { status: refusal[0] })
  return pathname === '/api/enrolments'
    ? Response.json(TOKEN, { status: 201 })
    : new Response(null, { status: 204 })
}

async function open(list: string = golden('container_update')): Promise<void> {
  test = openPage('http://relay.test/hosts')
  ;({ page } = test)
  vi.stubGlobal('fetch', vi.fn(answer))
  test.environment.socket.open()
  test.environment.socket.receive(list)
  await flushPromises()
}

const part = (testid: string) => page.find(`[data-testid="${testid}"]`)
const anywhere = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const host = (name: string) => page.find(`[data-testid=host][data-host="${name}"]`)
const ready = () => eventually(() => expect(host('new').exists()).toBe(true))

/** The golden list, with these rights. */
function listFor(rights: string[]): string {
  return JSON.stringify({ ...JSON.parse(golden('container_update')), rights })
}

describe('the hosts', () => {
  it('are listed with state, link, clock, labels and containers', async () => {
    await open()
    await ready()
    expect(page.findAll('[data-testid=host]').map((row) => row.attributes('data-host'))).toEqual([
      'edge-1',
      'edge-2',
      'new',
    ])
    const one = host('edge-1').text()
    expect(one).toContain('Connected')
    expect(one).toContain('Relay connects')
    expect(one).toContain('12 ms')
    expect(one).toContain('0 ± 5.9 ms')
    expect(one).toContain('Settings')
    expect(host('edge-2').attributes('data-state')).toBe('waiting')
    expect(host('edge-2').text()).toContain('connection refused')
    expect(host('edge-2').find('[data-testid=host-contact]').text()).toContain('ago')
    expect(host('new').text()).toContain('region=eu')
    expect(host('new').attributes('data-state')).toBe('unmet')
  })

  it('have the name that the relay has for them', async () => {
    listed = [
      { name: 'first', source: 'page', url: 'ws://edge-1:8090', controller: 'edge-1', state: 'connected' },
      { name: 'second', source: 'page', url: 'ws://away:8090', state: 'waiting' },
    ]
    const list = JSON.parse(golden('container_update')) as { controllers: object[] }
    const link = { state: 'waiting', since: null, attempt: 3, retry_in_ms: null }
    list.controllers.push({ ...link, controller: 'away:8090' })
    await open(JSON.stringify(list))
    await eventually(() => expect(host('second').exists()).toBe(true))
    expect(host('second').attributes('data-state')).toBe('waiting')
    expect(host('edge-1').find('.alias').text()).toBe('first')
    expect(page.findAll('[data-testid=host]')).toHaveLength(3)
  })

  it('follow the messages of their links', async () => {
    await open()
    await ready()
    const link = { kind: 'uplink', roundTripMillis: 80, clockOffsetMillis: 5012, clockErrorMillis: 40 }
    const status = {
      type: 'controller_status',
      state: 'connected',
      since: null,
      attempt: 0,
      retry_in_ms: null,
    }
    test.environment.socket.receive({ ...status, controller: 'edge-2', link })
    await flushPromises()
    expect(host('edge-2').attributes('data-state')).toBe('connected')
    expect(host('edge-2').text()).toContain('5.01 s ahead ± 40 ms')
    expect(host('edge-2').find('.wrong').attributes('title')).toContain('Set this clock')
  })

  it('are there without the list of the relay', async () => {
    refusal = null
    listed = []
    await open()
    await eventually(() => expect(host('edge-1').exists()).toBe(true))
    expect(part('remove-host').exists()).toBe(false)
    expect(host('edge-2').find('[data-testid=dismiss-listed-host]').exists()).toBe(true)
  })

  it('are for admins only', async () => {
    await open(listFor(['view', 'logs']))
    expect(part('hosts').exists()).toBe(false)
    expect(page.text()).toContain('Only admins of this relay see its hosts')
    expect(part('view-hosts').exists()).toBe(false)
  })
})

describe('a host that the relay connects to', () => {
  it('is added by its address', async () => {
    await open()
    await ready()
    await part('add-host').trigger('click')
    await part('way-url').setValue(true)
    await part('host-url').setValue(' wss://edge-9:8090 ')
    await part('host-form').trigger('submit')
    await flushPromises()
    expect(requests).toEqual([{ method: 'POST', path: '/api/hosts', body: { url: 'wss://edge-9:8090' } }])
    expect(part('host-form').exists()).toBe(false)
    expect(part('hosts-news').text()).toBe('wss://edge-9:8090 is added.')
  })

  it('is the only kind for a relay without enrolments', async () => {
    enrolments = null
    await open()
    await ready()
    await part('add-host').trigger('click')
    expect(part('way-dials').exists()).toBe(false)
    expect(document.activeElement).toBe(part('host-url').element)
  })

  it('is refused with the sentence of the relay', async () => {
    await open()
    await ready()
    refusal = [409, 'This address is in use already.']
    await part('add-host').trigger('click')
    await part('way-url').setValue(true)
    await part('host-url').setValue('wss://edge-9:8090')
    await part('host-form').trigger('submit')
    await flushPromises()
    expect(part('host-form-problem').text()).toBe('This address is in use already.')
    expect(document.activeElement).toBe(part('host-url').element)
  })

  it('is removed after a question, only where the page may', async () => {
    await open()
    await ready()
    expect(page.findAll('[data-testid=remove-host]')).toHaveLength(1)
    await host('edge-2').find('[data-testid=remove-host]').trigger('click')
    anywhere('agree')!.click()
    await flushPromises()
    expect(requests[0]).toEqual({ method: 'DELETE', path: '/api/hosts/edge-2', body: null })
    expect(anywhere('host-dialog')).toBeNull()
  })
})

describe('a host that connects to the relay', () => {
  async function enrol(): Promise<void> {
    await part('add-host').trigger('click')
    await part('host-name').setValue('cellar')
    await part('host-form').trigger('submit')
    await flushPromises()
  }

  it('gets lines to run, once, and turns green when it is there', async () => {
    await open()
    await ready()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await enrol()
      expect(requests).toEqual([{ method: 'POST', path: '/api/enrolments', body: { name: 'cellar' } }])
      for (const way of ['run', 'docker', 'compose'] as const)
        expect((part(`line-${way}`).element as HTMLTextAreaElement).value).toBe(LINES[way])
      expect(part('enrol-progress').attributes('data-state')).toBe('waiting')

      enrolments = [{ id: 'e1', name: 'cellar', controller: 'cellar' }]
      await vi.advanceTimersByTimeAsync(2_000)
      await flushPromises()
      expect(part('enrol-progress').attributes('data-state')).toBe('enrolled')

      const status = { type: 'controller_status', since: null, attempt: 0, retry_in_ms: null }
      test.environment.socket.receive({ ...status, controller: 'cellar', state: 'connected' })
      await flushPromises()
      expect(part('enrol-progress').attributes('data-state')).toBe('there')
      expect(part('enrol-progress').text()).toBe('cellar is there.')

      await part('enrol-done').trigger('click')
      expect(part('enrol-lines').exists()).toBe(false)
      expect(page.html()).not.toContain('--enrol abc')
    } finally {
      vi.useRealTimers()
    }
  })

  it('is cut off by revoking its key', async () => {
    listed = [{ name: 'edge-1', source: 'enrolled', controller: 'edge-1', state: 'connected' }]
    enrolments = [{ id: 'e7', controller: 'edge-1' }]
    await open()
    await eventually(() => expect(part('revoke-host').exists()).toBe(true))
    await part('revoke-host').trigger('click')
    anywhere('agree')!.click()
    await flushPromises()
    expect(requests[0]).toMatchObject({ method: 'DELETE', path: '/api/enrolments/e7' })
  })

  it('is expected while its token is open, which can be revoked', async () => {
    enrolments = [
      { id: 'e8', name: 'cellar', created: '2025-11-25T22:50:00.000Z', expires: '2990-01-01T00:00:00Z' },
      { id: 'e9', revoked: true },
    ]
    await open()
    await eventually(() => expect(page.findAll('[data-testid=enrolment]')).toHaveLength(1))
    await part('revoke-enrolment').trigger('click')
    anywhere('agree')!.click()
    await flushPromises()
    expect(requests[0]).toMatchObject({ method: 'DELETE', path: '/api/enrolments/e8' })
  })
})

it.each([
  [0.42, '0.4 ms'],
  [12.4, '12 ms'],
  [-5012, '-5.01 s'],
  [200_000, '3 min 20 s'],
  [-7_500_000, '-2 h 5 min'],
])('%d ms is written as %s', (ms, text) => {
  expect(milliseconds(ms)).toBe(text)
})

it('says of a clock how far it is ahead or behind, and nothing that is not sure', () => {
  const link = { kind: 'uplink', roundTripMillis: 4, clockErrorMillis: 2 }
  expect(offsetText({ ...link, clockOffsetMillis: 5012 })).toBe('5.01 s ahead ± 2.0 ms')
  expect(offsetText({ ...link, clockOffsetMillis: -50 })).toBe('50 ms behind ± 2.0 ms')
  expect(offsetText({ ...link, clockOffsetMillis: 1.2 })).toBe('0 ± 2.0 ms')
  expect(offsetText({ kind: 'local', clockOffsetMillis: 0 })).toBe('same clock')
  expect(offsetText({ kind: 'uplink' })).toBe('not measured')
})
