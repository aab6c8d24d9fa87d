import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import TokensPage from './TokensPage.vue'
import { firstRole, missing, patternsOf, rightsText } from './tokenRoles'

const SECRET = 'dockrelay_0123456789ab_' + 'x'.repeat(50)
const OPERATOR = ['view', 'stats', 'inspect', 'logs', 'control']
const CI = {
  id: '0123456789ab',
  name: 'ci',
  maker: 'anna',
  own: true,
  start: 'dockrelay_0123456789ab',
  permissions: ['view', 'stats', 'inspect', 'logs'],
  place: { project: ['shop', 'blog'] },
  made: '2026-11-01T12:00:00.000Z',
  expires: '2027-01-30T12:00:00.000Z',
  expired: false,
}
const NIGHTLY = {
  ...CI,
  id: 'abcdefabcdef',
  name: 'nightly',
  maker: undefined,
  own: false,
  place: {},
  expired: true,
  last_use: '2026-11-20T12:00:00.000Z',
}

let tokens: object[]
let permissions: string[]
let refusal: [status: number, error: string] | null
let requests: { method: string; path: string; body: unknown }[]
let page: VueWrapper

beforeEach(() => {
  tokens = [CI, NIGHTLY]
  permissions = OPERATOR
  refusal = null
  requests = []
  vi.stubGlobal('fetch', vi.fn(answer))
})

afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

async function answer(url: URL, options: RequestInit = {}): Promise<Response> {
  const method = options.method ?? 'GET'
  if (method === 'GET') return new Response(JSON.stringify({ tokens, permissions }))
  const body = JSON.parse((options.body as string | undefined) ?? 'null')
  requests.push({ method, path: new URL(url).pathname, body })
  if (refusal) return new Response(JSON.stringify({ error: refusal[1] }), { status: refusal[0] })
  return method === 'POST'
    ? new Response(JSON.stringify({ token: CI, secret: SECRET }), { status: 201 })
    : new Response(JSON.stringify({ id: CI.id, status: 'revoked' }))
}

async function open(): Promise<void> {
  page = mount(TokensPage, { attachTo: document.body })
  await flushPromises()
}

const part = (testid: string) => page.find(`[data-testid=${testid}]`)
const anywhere = (testid: string) => document.querySelector<HTMLElement>(`[data-testid=${testid}]`)

async function create(name: string): Promise<void> {
  await part('token-name').setValue(name)
  await part('token-form').trigger('submit')
  await flushPromises()
}

describe('the list', () => {
  it('shows what each token is for, until when, and its last use', async () => {
    await open()
    const [ci, nightly] = page.findAll('[data-testid=token]').map((row) => row.text())
    expect(ci).toContain('dockrelay_0123456789ab…')
    expect(ci).toContain('reader')
    expect(ci).toContain('project shop, blog')
    expect(ci).toContain('never')
    expect(nightly).toContain('made by a command')
    expect(nightly).toContain('everywhere')
    expect(nightly).toContain('expired 2027-01-30')
    expect(nightly).toContain('2026-11-20')
    expect(page.find('caption').text()).toBe('API tokens')
    expect(page.findAll('[data-testid=revoke]').map((button) => button.attributes('aria-label'))).toEqual([
      'Revoke ci',
      'Revoke /nightly',
    ])
  })

  it('names whose rights limit a token without a place', async () => {
    const anywhere = { ...CI, place: {} }
    tokens = [anywhere, { ...anywhere, id: 'other', maker: 'olga', own: false }, NIGHTLY]
    await open()
    const rows = page.findAll('[data-testid=token]').map((row) => row.text())
    expect(rows[0]).toContain('wherever you may')
    expect(rows[1]).toContain('wherever olga may')
    expect(rows[2]).toContain('everywhere')
  })

  it('tells tokens of several makers apart, and shows no text in another order', async () => {
    tokens = [CI, { ...CI, id: 'other', maker: 'berta', own: false, place: { label: ['a\u202Eb'] } }]
    await open()
    const buttons = page.findAll('[data-testid=revoke]')
    expect(buttons.map((button) => button.attributes('aria-label'))).toEqual(['Revoke ci', 'Revoke berta/ci'])
    expect(page.text()).not.toContain('\u202E')
    await buttons[1]!.trigger('click')
    expect(anywhere('revoke-dialog')?.textContent).toContain('Revoke the token berta/ci?')
  })

  it('says that there is none, and why it cannot be loaded', async () => {
    tokens = []
    await open()
    expect(part('no-tokens').exists()).toBe(true)
    page.unmount()
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('away')))
    await open()
    expect(page.find('[role=alert]').text()).toBe('the relay did not answer')
    expect(part('add-token').exists()).toBe(false)
  })
})

describe('the form', () => {
  it('begins with the name, the role reader and 90 days', async () => {
    await open()
    await part('add-token').trigger('click')
    expect(document.activeElement).toBe(part('token-name').element)
    expect((part('token-role-reader').element as HTMLInputElement).checked).toBe(true)
    expect((part('token-days').element as HTMLSelectElement).value).toBe('90')
    expect(part('token-role-admin').attributes('disabled')).toBeDefined()
    expect(part('token-form').text()).toContain('You do not have: audit, admin')
  })

  it('is not offered to one without any right, with the reason', async () => {
    permissions = []
    await open()
    const add = part('add-token')
    expect(add.attributes('aria-disabled')).toBe('true')
    expect(page.find(`#${add.attributes('aria-describedby')}`).text()).toContain('no right')
    await add.trigger('click')
    expect(part('token-form').exists()).toBe(false)
    expect(add.exists()).toBe(true)
  })

  it('makes a token with its scope and shows its text once', async () => {
    await open()
    await part('add-token').trigger('click')
    await part('token-role-operator').setValue()
    await part('token-project').setValue('shop, blog-*,')
    await part('token-days').setValue('7')
    await create(' ci ')

    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/api/tokens',
        body: { name: 'ci', permissions: OPERATOR, place: { project: ['shop', 'blog-*'] }, days: 7 },
      },
    ])
    const secret = part('secret').element as HTMLInputElement
    expect(secret.value).toBe(SECRET)
    expect(document.activeElement).toBe(secret)
    const copy = vi.fn().mockResolvedValue(undefined)
    vi.stubGlobal('navigator', { clipboard: { writeText: copy } })
    await part('copy-secret').trigger('click')
    await flushPromises()
    expect(copy).toHaveBeenCalledWith(SECRET)
    expect(part('copy-news').text()).toBe('Copied.')

    await part('secret-done').trigger('click')
    expect(page.html()).not.toContain(SECRET)
    expect(document.activeElement?.tagName).toBe('H1')
  })

  it('takes permissions one by one', async () => {
    await open()
    await part('add-token').trigger('click')
    await part('token-role-custom').setValue()
    await create('ci')
    expect(part('token-problem').text()).toContain('at least one permission')
    expect(part('token-name').attributes('aria-invalid')).toBe('false')
    expect(part('token-permission-admin').attributes('disabled')).toBeDefined()
    await part('token-permission-logs').setValue(true)
    await create('ci')
    expect(requests.at(0)?.body).toMatchObject({ permissions: ['logs'], place: {} })
  })

  it('announces why the relay made none, and keeps what was entered', async () => {
    refusal = [409, 'There is a token ci already: choose another name, or revoke it.']
    await open()
    await part('add-token').trigger('click')
    await create('ci')
    expect(part('token-problem').attributes('role')).toBe('alert')
    expect(part('token-problem').text()).toContain('already')
    expect((part('token-name').element as HTMLInputElement).value).toBe('ci')
    expect(document.activeElement).toBe(part('token-name').element)
  })
})

describe('revoking', () => {
  it('asks first, and says that it is done', async () => {
    await open()
    await part('revoke').trigger('click')
    expect(anywhere('revoke-dialog')?.textContent).toContain('Revoke the token ci?')
    expect(requests).toEqual([])
    tokens = [NIGHTLY]
    anywhere('agree')?.click()
    await flushPromises()
    expect(requests).toEqual([{ method: 'DELETE', path: '/api/tokens/0123456789ab', body: null }])
    expect(anywhere('revoke-dialog')).toBeNull()
    expect(page.find('[role=status]').text()).toBe('The token ci is revoked.')
    expect(page.findAll('[data-testid=token]')).toHaveLength(1)
  })

  it('can be left, and says why it failed', async () => {
    refusal = [404, 'There is no such token; the list has all of them.']
    await open()
    await part('revoke').trigger('click')
    anywhere('agree')?.click()
    await flushPromises()
    expect(anywhere('revoke-dialog')?.querySelector('[role=alert]')?.textContent).toContain('no such token')
    anywhere('cancel')?.click()
    await flushPromises()
    expect(anywhere('revoke-dialog')).toBeNull()
  })
})

describe('roles', () => {
  beforeEach(open)

  it('are offered as far as the maker has their rights', () => {
    expect(firstRole(OPERATOR)).toBe('reader')
    expect(firstRole(['view', 'stats'])).toBe('viewer')
    expect(firstRole(['view', 'control'])).toBe('custom')
    expect(missing('operator', ['view', 'stats'])).toEqual(['inspect', 'logs', 'control'])
  })

  it('name sets of permissions', () => {
    expect(rightsText(OPERATOR)).toBe('operator')
    expect(rightsText(['view', 'logs'])).toBe('view, logs')
    expect(patternsOf(' a , ,b* ')).toEqual(['a', 'b*'])
  })
})
