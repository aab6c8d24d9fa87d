import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { golden } from '../testing/examples'
import { eventually, openPage, type TestPage } from '../testing/page'

// Names and texts of containers that change the direction of the text around them.

const OVERRIDE = '\u202e'
const PROJECT = `prod${OVERRIDE}knab-tset`
const NAME = `web${OVERRIDE}bd`
const HOST = `edge${OVERRIDE}1`

let test: TestPage

async function open(path: string): Promise<void> {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
  test = openPage(`http://relay.test${path}`)
  const update = JSON.parse(golden('container_update'))
  const [first] = update.containers
  const texts = {
    image: `a${OVERRIDE}b`,
    error: `c${OVERRIDE}d`,
    status_detail: `e${OVERRIDE}f`,
    health: null,
  }
  const named = { name: NAME, full_name: NAME, project: PROJECT, controller: HOST }
  update.containers = [
    { ...first, ...named, ...texts, id: 'aaaaaaaaaaaa' },
    { ...first, ...named, name: `${NAME}2`, id: 'bbbbbbbbbbbb' },
  ]
  update.controllers = [{ ...update.controllers[0], controller: HOST }]
  update.engines = []
  test.environment.socket.open()
  test.environment.socket.receive(update)
  await flushPromises()
}

/** All that a reader sees or has read out. */
function shown(): string[] {
  const labels = [...document.body.querySelectorAll('*')].flatMap((element) =>
    ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
  )
  return [document.title, String(document.body.textContent), ...labels]
}

afterEach(() => {
  test.close()
  vi.unstubAllGlobals()
})

const project = encodeURIComponent(PROJECT)
const host = encodeURIComponent(HOST)

it.each([
  '/',
  `/?project=${project}`,
  `/?project=no${project}`,
  `/host/${host}`,
  `/host/no${host}`,
  `/c/${host}/${encodeURIComponent(NAME)}`,
  `/c/${host}/no${encodeURIComponent(NAME)}`,
  `/logs?p=project:${project}`,
  `/record?on=${project}`,
])('%s shows no override of the text direction', async (path) => {
  await open(path)
  const visible = path.startsWith('/record')
    ? 'Record'
    : path.startsWith('/logs')
      ? 'knab-tset'
      : path.includes('/c/')
        ? '�bd'
        : '�'
  await eventually(() => expect(document.body.textContent).toContain(visible))
  expect(shown().filter((text) => text.includes(OVERRIDE))).toEqual([])
})

it('the address keeps the name of a project as it is', async () => {
  await open('/')
  await test.page.get(`[data-testid="view-project-${PROJECT}"]`).trigger('click')
  expect(new URL(test.history.address()).searchParams.get('project')).toBe(PROJECT)
  await eventually(() => expect(test.page.findAll('[data-testid=container-row]')).toHaveLength(2))
})
