import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Root from '../../app/Root.vue'
import { CommandRegistry } from '../../commands/registry'
import { registryKey } from '../../commands/useCommands'
import { Router } from '../../router/router'
import { routerKey } from '../../router/useRouter'
import { openSettings, settingsKey } from '../../settings/settings'
import { Account, accountKey } from '../../state/account'
import { Session, sessionKey } from '../../state/session'
import { golden } from '../../testing/examples'
import { FakeHistory } from '../../testing/browserHistory'
import { FakeEnvironment } from '../../testing/environment'
import AccountMenu from './AccountMenu.vue'

const BASE = 'http://relay.test/'
const OUT = { ok: false, mode: 'users', signedIn: false }
const ANNA = { ok: true, mode: 'users', signedIn: true, name: 'anna', roles: ['operator', 'reader'] }

let answers: [status: number, body: object][]
let requests: { method: string; path: string; body: unknown }[]
let events: string[]
let account: Account
let history: FakeHistory
let page: VueWrapper
let session: Session
let environment: FakeEnvironment

beforeEach(() => {
  answers = []
  requests = []
  events = []
  vi.stubGlobal(
    'fetch',
    vi.fn(async (url: URL, options: RequestInit) => {
      const path = new URL(url).pathname
      requests.push({
        method: options.method ?? 'GET',
        path,
        body: JSON.parse((options.body as string | undefined) ?? 'null'),
      })
      const [status, body] = answers.shift() ?? [200, { changes: [] }]
      return new Response(JSON.stringify(body), { status })
    }),
  )
})

afterEach(() => {
  page.unmount()
  session.stop()
  location.hash = ''
  vi.unstubAllGlobals()
})

async function open(address: string, component: typeof Root | typeof AccountMenu = Root): Promise<void> {
  account = new Account(BASE, {
    entered: () => events.push('entered'),
    left: () => events.push('left'),
    go: (to) => events.push(`go ${to}`),
  })
  history = new FakeHistory(new URL(address, BASE).href)
  environment = new FakeEnvironment()
  session = new Session(BASE, environment)
  const provide = {
    [settingsKey as symbol]: openSettings(null),
    [routerKey as symbol]: new Router(BASE, history),
    [registryKey as symbol]: new CommandRegistry(),
    [sessionKey as symbol]: session,
    [accountKey as symbol]: account,
  }
  await account.load()
  page = mount(component, { attachTo: document.body, global: { provide } })
  await flushPromises()
}

const part = (testid: string) => page.find(`[data-testid=${testid}]`)

async function enter(fields: Record<string, string>): Promise<void> {
  for (const [testid, value] of Object.entries(fields)) await part(testid).setValue(value)
  await page.find('form').trigger('submit')
  await flushPromises()
}

describe('a relay with sign-in', () => {
  beforeEach(() => answers.push([200, OUT]))

  it('shows the form only, ready for a password manager', async () => {
    await open('/c/edge-1/web')
    expect(part('sign-in').exists()).toBe(true)
    expect(page.find('header').exists()).toBe(false)
    expect(part('name').attributes('autocomplete')).toBe('username')
    expect(part('password').attributes('autocomplete')).toBe('current-password')
    expect(document.activeElement).toBe(part('name').element)
  })

  it('sends name and password, and then shows what the address leads to', async () => {
    await open('/settings')
    answers.push([200, ANNA])
    await enter({ name: 'anna', password: 'correct horse battery' })
    expect(requests.at(1)).toEqual({
      method: 'POST',
      path: '/api/session',
      body: { name: 'anna', password: 'correct horse battery' },
    })
    await vi.waitFor(() => expect(part('settings').exists()).toBe(true))
    expect(history.address()).toBe(`${BASE}settings`)
    expect(events).toEqual(['entered'])
  })

  it('announces a refusal and puts the focus where to correct it', async () => {
    await open('/')
    answers.push([401, { error: 'The name or the password is wrong.' }])
    await enter({ name: 'anna', password: 'wrong' })
    expect(part('problem').attributes('role')).toBe('alert')
    expect(part('problem').text()).toBe('The name or the password is wrong.')
    expect(part('password').attributes('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(part('password').element)
    expect(events).toEqual([])
  })

  it('reports that the relay does not answer', async () => {
    await open('/')
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('away')))
    await enter({ name: 'anna', password: 'correct horse battery' })
    expect(part('problem').text()).toBe('The relay did not answer.')
  })
})

describe('a relay with an identity provider', () => {
  const PROVIDED = { ...OUT, mode: 'oidc', provider: 'Example Login' }

  it('shows its button only, and leads there with the address of now', async () => {
    answers.push([200, PROVIDED], [200, { location: 'https://id.example/auth?state=1' }])
    await open('/c/edge-1/web?tab=load')
    expect(page.find('form').exists()).toBe(false)
    expect(part('provider').text()).toBe('Sign in with Example Login')
    await part('provider').trigger('click')
    await flushPromises()
    expect(requests.at(1)).toEqual({
      method: 'POST',
      path: '/api/session/oidc',
      body: { to: '/c/edge-1/web?tab=load' },
    })
    expect(events).toEqual(['go https://id.example/auth?state=1'])
    expect(part('provider').attributes('aria-disabled')).toBe('true')
  })

  it('announces that the provider is away, and can be pressed again', async () => {
    answers.push([200, PROVIDED], [503, { error: 'Example Login does not answer.' }])
    await open('/')
    await part('provider').trigger('click')
    await flushPromises()
    expect(part('provider-problem').attributes('role')).toBe('alert')
    expect(part('provider-problem').text()).toBe('Example Login does not answer.')
    expect(part('provider').attributes('aria-disabled')).toBeUndefined()
    expect(events).toEqual([])
  })

  it.each([['javascript:alert(1)'], ['data:text/html,x'], [''], [null]])(
    'goes nowhere with %s',
    async (location) => {
      answers.push([200, PROVIDED], [200, { location }])
      await open('/')
      await part('provider').trigger('click')
      await flushPromises()
      expect(events).toEqual([])
      expect(part('provider-problem').exists()).toBe(true)
    },
  )

  it.each(['login', 'refused', 'away', 'not-valid', 'name'])('says what %s means, once', async (code) => {
    answers.push([200, PROVIDED])
    await open(`/?sign-in=${code}`)
    expect(part('provider-problem').text().length).toBeGreaterThan(20)
    expect(history.address()).toBe(BASE)
  })

  it('shows no text of the address', async () => {
    answers.push([200, PROVIDED])
    await open('/?sign-in=%3Cb%3Ecall%20this%20number')
    expect(part('provider-problem').exists()).toBe(false)
    expect(page.text()).not.toContain('call this number')
  })

  it('has the form for users of the relay as well', async () => {
    answers.push([200, { ...PROVIDED, mode: 'users+oidc' }])
    await open('/')
    expect(part('provider').exists()).toBe(true)
    expect(part('password').exists()).toBe(true)
    expect(document.activeElement).toBe(part('name').element)
  })

  it('signs out at the provider too', async () => {
    const berta = { ...ANNA, mode: 'oidc', by: 'oidc', groups: ['ops'], provider: 'Example Login' }
    answers.push([200, berta], [200, { ...PROVIDED, location: 'https://id.example/end' }])
    await open('/', AccountMenu)
    await part('account').trigger('click')
    expect(document.querySelector('[data-testid=menu-groups]')?.textContent).toContain('Group: ops')
    await account.signOut(false)
    expect(events).toEqual(['go https://id.example/end'])
  })
})

describe('a relay behind a proxy that signs in', () => {
  it('names the proxy when it is opened directly', async () => {
    answers.push([200, { ...OUT, mode: 'proxy' }])
    await open('/')
    expect(page.find('form').exists()).toBe(false)
    expect(part('at-the-proxy').text()).toContain('through a proxy')
  })

  it('leaves signing out to the proxy', async () => {
    answers.push([200, { ...ANNA, mode: 'proxy', by: 'proxy' }])
    await open('/', AccountMenu)
    await part('account').trigger('click')
    expect(document.querySelector('[data-testid=menu-roles]')).not.toBeNull()
    expect(document.querySelector('[data-testid=menu-sign-out]')).toBeNull()
    expect(document.querySelector('[data-testid=menu-tokens]')).toBeNull()
  })
})

it('is left to another user with nothing of the former one', async () => {
  answers.push([200, ANNA], [200, OUT], [200, { ...ANNA, name: 'berta' }])
  await open('/')
  expect(part('account').exists()).toBe(true)
  await account.load()
  await flushPromises()
  expect(part('account').exists()).toBe(false)
  expect((part('name').element as HTMLInputElement).value).toBe('anna')
  await enter({ name: 'berta', password: 'correct horse battery' })
  expect(events).toEqual(['left'])
})

it('shows nothing of the page when the rights have ended', async () => {
  answers.push([200, ANNA])
  await open('/')
  session.start()
  environment.socket.open()
  environment.socket.receive(golden('container_update'))
  await flushPromises()
  expect(page.text()).toContain('edge-1')

  environment.socket.fail(4004, 'not allowed')
  await flushPromises()

  expect(part('no-rights').text()).toContain('Your rights have ended')
  expect(page.find('header').exists()).toBe(false)
  expect(page.text()).not.toContain('edge-1')
  expect(part('sign-out').exists()).toBe(true)
})

it('says that the session has ended, until the next sign-in', async () => {
  answers.push([200, ANNA], [200, OUT], [200, OUT], [200, ANNA])
  await open('/')
  await account.load()
  await account.load()
  await flushPromises()
  expect(part('session-ended').text()).toContain('Your session has ended')
  await enter({ password: 'correct horse battery' })
  expect(account.ended.value).toBe(false)
})

it('shows no outage after a sign-in, however long the form was open', async () => {
  answers.push([200, OUT], [200, ANNA])
  await open('/')
  expect(part('session-ended').exists()).toBe(false)
  session.start()
  environment.found = { kind: 'signin' }
  environment.socket.fail(1006)
  await vi.waitFor(() => expect(session.connection.value.obstacle?.kind).toBe('signin'))
  environment.pass(60_000)
  await enter({ name: 'anna', password: 'correct horse battery' })
  session.retryNow()
  environment.pass(500)
  await flushPromises()
  expect(part('account').exists()).toBe(true)
  expect(part('banner').exists()).toBe(false)
  environment.socket.open()
  await flushPromises()
  expect(part('banner').exists()).toBe(false)
})

it('says how to make the first user', async () => {
  answers.push([200, { ...OUT, setUp: true }])
  await open('/')
  expect(part('no-user-yet').text()).toContain('./run user add NAME --role admin')
  expect(page.find('form').exists()).toBe(false)
})

describe('the set-up link', () => {
  beforeEach(() => {
    location.hash = '#the-token'
    answers.push([200, { ...OUT, setUp: true }])
  })

  it('makes the first user, and its token leaves the address', async () => {
    await open('/setup')
    expect(location.hash).toBe('')
    answers.push([201, { ...ANNA, roles: ['admin'] }])
    await enter({ name: 'anna', password: 'correct horse battery', repeated: 'correct horse battery' })
    expect(requests.at(1)).toEqual({
      method: 'POST',
      path: '/api/setup',
      body: { token: 'the-token', name: 'anna', password: 'correct horse battery' },
    })
    expect(history.address()).toBe(BASE)
    expect(events).toEqual(['entered'])
  })

  it('compares the two passwords', async () => {
    await open('/setup')
    await enter({ name: 'anna', password: 'correct horse battery', repeated: 'correct horse batterz' })
    expect(part('problem').text()).toContain('not the same')
    expect(requests).toHaveLength(1)
  })

  it('is not needed twice', async () => {
    answers = [[200, OUT]]
    await open('/setup')
    expect(page.find('form').exists()).toBe(false)
    await part('to-sign-in').trigger('click')
    await flushPromises()
    expect(part('sign-in').exists()).toBe(true)
  })
})

describe('the account menu', () => {
  it('shows the user and the roles, and signs out', async () => {
    answers.push([200, ANNA], [200, OUT])
    await open('/', AccountMenu)
    expect(part('account').text()).toContain('Signed in as')
    expect(part('account').text()).toContain('anna')
    await part('account').trigger('click')
    expect(document.querySelector('[data-testid=menu-roles]')?.textContent).toContain('operator, reader')
    expect(document.querySelector('[data-testid=menu-rights]')?.textContent).toContain('everything')
    document.querySelector<HTMLElement>('[data-testid=menu-sign-out]')?.click()
    await flushPromises()
    expect(requests.at(1)).toMatchObject({ method: 'DELETE', path: '/api/session' })
    expect(events).toEqual(['left'])
  })

  it('begins with the name, and says where the rights hold instead of a role that gives none', async () => {
    answers.push([200, { ...ANNA, roles: ['viewer'] }])
    await open('/', AccountMenu)
    session.start()
    environment.socket.open()
    const [web] = JSON.parse(golden('container_update')).containers
    const containers = [{ ...web, project: 'shop', rights: ['view', 'stats'] }]
    environment.socket.receive({ type: 'container_update', timestamp: '', containers, rights: [] })
    await part('account').trigger('click')
    const lines = [...document.querySelectorAll('[data-testid=menu] > [aria-disabled]')]
    expect(lines.map((line) => line.textContent)).toEqual([
      'Signed in as anna',
      'Rights: view, stats in project shop',
    ])
  })

  it('says why signing out everywhere failed', async () => {
    answers.push([200, ANNA], [503, { error: 'The file cannot be written.' }])
    await open('/', AccountMenu)
    await account.signOut(true)
    await flushPromises()
    expect(requests.at(1)).toMatchObject({ method: 'DELETE', path: '/api/session/everywhere' })
    expect(page.find('[role=alert]').text()).toBe('The file cannot be written.')
    expect(events).toEqual([])
  })

  it('is absent without sign-in', async () => {
    answers.push([200, { ok: true, mode: 'none', signedIn: false }])
    await open('/', AccountMenu)
    expect(part('account').exists()).toBe(false)
  })
})

it('leaves nothing of the former user when another one has signed in in another tab', async () => {
  answers.push([200, ANNA], [200, ANNA], [200, OUT], [200, { ...ANNA, name: 'berta' }])
  await open('/', AccountMenu)
  await account.load()
  await account.load()
  expect(events).toEqual([])
  await account.load()
  expect(events).toEqual(['left'])
})

it('uses the session while the reader does, at most once per minute', async () => {
  answers.push([200, ANNA], [200, ANNA], [200, ANNA])
  let now = 100_000
  account = new Account(BASE, { entered() {}, left() {}, go() {} }, () => now)
  await account.load()
  account.used()
  account.used()
  now += 30_000
  account.used()
  expect(requests).toHaveLength(2)
  now += 31_000
  account.used()
  expect(requests).toHaveLength(3)
})
