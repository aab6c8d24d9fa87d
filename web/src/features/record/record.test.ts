import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeRecord } from '../../protocol/record'
import { golden } from '../../testing/examples'
import { eventually, openPage, press, type TestPage } from '../../testing/page'
import { actionOf, durationOf, eventText, whoOf, withoutAnswered } from './describeEntry'
import { localField, recordParameters, utcOf } from './recordQuery'

const AT = '2026-11-30T12:00:00.000Z'
const STOP = {
  seq: 7,
  time: AT,
  who: 'ada',
  address: '10.0.0.7',
  what: 'stop',
  container: { controller: 'edge-1', name: 'web', id: '0123456789ab' },
  outcome: 'done',
  request: 6,
  duration_ms: 1530,
  events: [{ at: AT, event: 'stopped', status: 'exited', exit_code: 0 }],
  prev: '00',
  hash: '11',
}
const REQUESTED = { ...STOP, seq: 6, outcome: 'requested', request: undefined, events: undefined }
const REFUSED = {
  seq: 5,
  time: AT,
  what: 'access',
  outcome: 'refused',
  reason: 'Origin \u202e<b>evil</b>',
  count: 12,
}

let test: TestPage
let asked: URL[]
let answer: (url: URL) => object

beforeEach(() => {
  asked = []
  answer = () => ({ kept: true, unreadable: 0, entries: [STOP, REQUESTED, REFUSED] })
})

afterEach(() => {
  test?.close()
  vi.unstubAllGlobals()
})

async function open(path = '/record'): Promise<void> {
  test = openPage(`http://relay.test${path}`)
  vi.stubGlobal('fetch', async (input: URL | string) => {
    const url = new URL(input)
    if (url.pathname !== '/api/record') return new Response('{"changes":[]}')
    asked.push(url)
    return new Response(JSON.stringify(answer(url)))
  })
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await flushPromises()
  await eventually(() => expect(test.page.find('[data-testid=record]').exists()).toBe(true))
  await flushPromises()
}

const rows = () => test.page.findAll('[data-testid=record-row]')

describe('the page of the record', () => {
  it('shows each action once, with its end and what the engine reported', async () => {
    await open()
    await eventually(() => expect(rows()).toHaveLength(2))
    const text = rows()[0]!.text()
    for (const part of ['ada', 'at 10.0.0.7', 'Stop', 'edge-1/web', 'Done', '1.5 s', 'stopped (0)'])
      expect(text).toContain(part)
    expect(rows()[1]!.text()).toContain('12 more times')
    expect(document.title).toContain('Record')
  })

  it('shows texts of clients as text', async () => {
    await open()
    await eventually(() => expect(rows()).toHaveLength(2))
    expect(rows()[1]!.text()).toContain('�<b>evil</b>')
    expect(document.body.textContent).not.toContain('\u202e')
    expect(test.page.find('[data-testid=record] b').exists()).toBe(false)
  })

  it('keeps its filter in the address, and asks the relay for it', async () => {
    await open('/record?who=ada')
    await test.page.get('[data-testid=record-outcome]').setValue('failed')
    await test.page.get('[data-testid=record-container]').setValue(' web ')
    await eventually(() => expect(asked.at(-1)!.searchParams.get('container')).toBe('web'))
    expect(asked.at(-1)!.search).toBe('?who=ada&container=web&outcome=failed&limit=100')
    expect(new URL(test.history.address()).search).toBe('?outcome=failed&who=ada&on=web')
    const link = new URL(test.page.get<HTMLAnchorElement>('[data-testid=record-export]').element.href)
    expect(link.pathname + link.search).toBe('/api/record/export?who=ada&container=web&outcome=failed')
    await test.page.get('[data-testid=record-clear]').trigger('click')
    await eventually(() => expect(asked.at(-1)!.search).toBe('?limit=100'))
    expect(test.page.get<HTMLInputElement>('[data-testid=record-who]').element.value).toBe('')
  })

  it('appends older entries on request', async () => {
    answer = (url) =>
      url.searchParams.get('before') === '5'
        ? { kept: true, entries: [{ ...REFUSED, seq: 3 }] }
        : { kept: true, entries: [STOP, REQUESTED, REFUSED], before: 5 }
    await open()
    await test.page.get('[data-testid=record-older]').trigger('click')
    await eventually(() => expect(rows()).toHaveLength(3))
    expect(test.page.find('[data-testid=record-older]').exists()).toBe(false)
    expect(test.page.text()).toContain('the beginning of the record')
  })

  it('says when nothing is recorded, and when it cannot be', async () => {
    answer = () => ({ kept: false, entries: [] })
    await open()
    await eventually(() =>
      expect(test.page.get('[data-testid=record-off]').text()).toContain('RELAY_RECORD_FOLDER'),
    )
    test.close()
    answer = () => ({ kept: true, problem: '/record: No space left on device', entries: [] })
    await open()
    await eventually(() =>
      expect(test.page.get('[data-testid=record-problem]').text()).toContain('No space left on device'),
    )
    expect(test.page.get('[data-testid=record-empty]').text()).toBe('No entries yet.')
  })

  it('opens by keyboard and from the navigation', async () => {
    await open('/record')
    test.router.go('/')
    await flushPromises()
    expect(test.page.get('[data-testid=view-record]').attributes('href')).toBe('http://relay.test/record')
    press('g')
    press('r')
    expect(test.router.page).toBe('record')
  })
})

describe('an entry', () => {
  it('is read as far as it is known', () => {
    const part = decodeRecord({ kept: true, entries: [REFUSED], before: null })
    expect(part).toMatchObject({ kept: true, problem: null, before: null, unreadable: 0 })
    expect(part.entries[0]).toMatchObject({ who: null, container: null, count: 12, events: [] })
    expect(() => decodeRecord({ kept: true, entries: ['x'] })).toThrow()
  })

  it('has a duration and events in words', () => {
    const [entry] = decodeRecord({ kept: true, entries: [STOP] }).entries
    expect(durationOf(entry!)).toBe('1.5 s')
    expect(durationOf({ ...entry!, duration_ms: 130_000 })).toBe('2 min 10 s')
    expect(durationOf({ ...entry!, duration_ms: null })).toBe('')
    expect(eventText({ at: 'x', event: null, status: 'running', exit_code: null })).toBe('running')
    expect(withoutAnswered([{ ...entry!, seq: 6, request: null }])).toHaveLength(1)
  })
})

describe('the words of an entry', () => {
  const entry = (fields: object) =>
    decodeRecord({ kept: true, entries: [{ seq: 1, time: AT, outcome: 'done', ...fields }] }).entries[0]!

  it('name what was refused, and not as done', () => {
    expect(actionOf(entry({ what: 'token' }))).toBe('Token changed')
    expect(actionOf(entry({ what: 'token', outcome: 'refused' }))).toBe('Token')
    expect(actionOf(entry({ what: 'record', outcome: 'refused' }))).toBe('Record read')
    expect(actionOf(entry({ what: 'of-a-newer-relay' }))).toBe('of-a-newer-relay')
  })

  it('name a person, a command, or the program', () => {
    expect(whoOf(entry({ what: 'user', who: 'anna' }))).toBe('anna')
    expect(whoOf(entry({ what: 'user' }))).toBe('(command)')
    expect(whoOf(entry({ what: 'token' }))).toBe('(command)')
    expect(whoOf(entry({ what: 'token', outcome: 'refused' }))).toBe('Dockrelay')
    expect(whoOf(entry({ what: 'rights' }))).toBe('Dockrelay')
  })
})

describe('the filter', () => {
  it('has times in UTC, and shows them in local time', () => {
    const field = localField(AT)
    expect(utcOf(field)).toBe(AT)
    expect([utcOf(''), localField('soon')]).toEqual(['', ''])
    const filter = { who: '', on: '', outcome: '', since: AT, until: 'soon' }
    expect(recordParameters(filter).toString()).toBe(`since=${encodeURIComponent(AT)}`)
  })
})
