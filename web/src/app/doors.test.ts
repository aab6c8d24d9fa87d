import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { eventually, openPage, type TestPage } from '../testing/page'

// Every way in the page to do something with a container, from the table of all doors; see DoorsTest.java.

interface Door {
  place: string
  id: string
  /** Null if none is needed. */
  permission: string | null
}

const TABLE = join(import.meta.dirname, '../../../relay-verticle/src/test/resources/doors.tsv')
const DOORS: Door[] = readFileSync(TABLE, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('page '))
  .map((line) => {
    const [door, permission] = line.split('\t') as [string, string]
    const [, place, id] = door.split(' ') as [string, string, string]
    return { place, id, permission: permission === '-' ? null : permission }
  })

const OF_A_CONTAINER = ['view', 'stats', 'inspect', 'logs', 'control']
const ROLES: Record<string, string[]> = {
  viewer: ['view', 'stats'],
  reader: ['view', 'stats', 'inspect', 'logs'],
  operator: OF_A_CONTAINER,
  logs: ['view', 'logs'],
  admin: [...OF_A_CONTAINER, 'audit', 'admin'],
}
const NO_CONTROL = 'your rights do not allow it here'

let test: TestPage | null = null

/** The page of one role: the container as the relay shows it to that role. */
async function open(address: string, rights: string[]): Promise<TestPage> {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage(`http://relay.test${address}`)
  const reason = rights.includes('control') ? null : NO_CONTROL
  const ofContainer = rights.filter((one) => OF_A_CONTAINER.includes(one))
  test.environment.socket.open()
  test.environment.socket.receive({
    type: 'container_update',
    timestamp: '2025-11-25T22:52:30Z',
    revision: 1,
    controllers: [link('edge-1', 'connected'), link('edge-2', 'waiting')],
    containers: [
      {
        name: 'web',
        full_name: 'web',
        status: 'running',
        running: true,
        status_detail: 'Up 2 hours',
        id: '0123456789ab',
        controller: 'edge-1',
        created: true,
        actions: { start: reason, stop: reason, restart: reason },
        ...(ofContainer.length < OF_A_CONTAINER.length ? { rights: ofContainer } : {}),
      },
    ],
    ...(rights.includes('admin') ? {} : { rights }),
  })
  await flushPromises()
  return test
}

function link(controller: string, state: string) {
  return { controller, state, since: null, attempt: 0, retry_in_ms: null }
}

afterEach(() => {
  test?.close()
  test = null
  vi.unstubAllGlobals()
})

/** The doors of each place, with whether each is open; one that is closed says why. */
const PLACES: Record<string, (rights: string[]) => Promise<[id: string, open: boolean][]>> = {
  async menu(rights) {
    const { page } = await open('/', rights)
    await page.find('[data-testid=row-menu]').trigger('click')
    return [...document.querySelectorAll<HTMLElement>('[data-testid=menu] > button')].map((item) => [
      item.dataset.testid!.replace('menu-', ''),
      isOpen(item, item.title),
    ])
  },
  async palette(rights) {
    const { page, commands } = await open('/', rights)
    commands
      .all()
      .find(({ id }) => id === 'palette')!
      .run()
    await eventually(() => expect(page.find('[data-testid=palette]').exists()).toBe(true))
    await page.find('[data-testid=palette]').setValue('web')
    return page
      .findAll('[data-testid=palette-entry]')
      .filter((entry) => entry.find('.title').text().endsWith('web'))
      .map((entry) => [
        entry
          .find('.title')
          .text()
          .replace(/ ?web$/, '')
          .toLowerCase()
          .replace(' ', '-') || 'open',
        isOpen(entry.element as HTMLElement, entry.find('.note').text()),
      ])
  },
  async row(rights) {
    const { page } = await open('/', rights)
    const buttons = page.findAll('[data-testid=container-row] .at-actions button')
    return buttons.map((button) => [
      button.attributes('data-testid')!,
      isOpen(button.element as HTMLElement, button.attributes('title') ?? ''),
    ])
  },
  async tab(rights) {
    const doors: [string, boolean][] = []
    const { page } = await open('/c/edge-1/0123456789ab', rights)
    await eventually(() => expect(page.find('[role=tab]').exists()).toBe(true))
    // The tab that opens is one that is allowed.
    expect(page.find('[data-testid=tab-refused]').exists()).toBe(false)
    for (const tab of page.findAll('[role=tab]')) {
      await tab.trigger('click')
      await flushPromises()
      const refused = page.find('[data-testid=tab-refused]')
      if (refused.exists()) expect(refused.text()).toContain('rights')
      doors.push([tab.attributes('data-testid')!.replace('tab-', ''), !refused.exists()])
    }
    return doors
  },
  /** A view that is not allowed is absent. */
  async navigation(rights) {
    const { page } = await open('/record', rights)
    const text = page.find('main').text()
    if (!rights.includes('audit')) {
      expect(text).toContain('Your rights do not include the record.')
      expect(page.find('main h1').text()).toBe('Record')
    }
    const ids = page.findAll('[data-testid^=view-]').map((link) => link.attributes('data-testid')!.slice(5))
    const all = DOORS.filter(({ place }) => place === 'navigation').map(({ id }) => id)
    expect(all).toEqual(expect.arrayContaining(ids.filter((id) => !id.startsWith('host-'))))
    return all.map((id) => [id, ids.includes(id)])
  },
  /** Absent where it is not allowed: the host stays in the list for those who may. */
  async host(rights) {
    const { page } = await open('/', rights)
    expect(page.text()).toContain('edge-2 is offline')
    return [['dismiss', page.find('[data-testid=dismiss-host], [data-testid=banner-dismiss]').exists()]]
  },
}

/** An element that is not for the reader is disabled, and says why. */
function isOpen(element: HTMLElement, words: string): boolean {
  if (element.getAttribute('aria-disabled') === null) return true
  expect(words).toContain('rights')
  return false
}

it('has a place for each row', () => {
  expect([...new Set(DOORS.map(({ place }) => place))].sort()).toEqual(Object.keys(PLACES).sort())
})

for (const [place, doorsOf] of Object.entries(PLACES)) {
  it.each(Object.entries(ROLES))(
    `opens the doors of ${place} for the role %s as the table says`,
    async (_, rights) => {
      const rows = DOORS.filter((door) => door.place === place)
      const expected = rows.map(({ id, permission }) => [
        id,
        permission === null || rights.includes(permission),
      ])
      expect((await doorsOf(rights)).sort()).toEqual(expected.sort())
    },
  )
}
