import { describe, expect, it } from 'vitest'
import type { Container } from '../../protocol/types'
import { container } from '../../testing/examples'
import { messages } from '../../messages'
import { NO_FILTER, type ListFilter } from './listFilter'
import { keyOf } from '../../state/containers/containerList'
import { EMPTY_FLEET, type Fleet, type KnownController } from '../../state/containers/fleet'
import type { Grouping } from './grouping'
import { buildListing } from './listing'
import { rowOf } from '../../state/containers/listRow'
import { comparator, frozenOrder, parseOrder, nextOrder, formatOrder, type SortBy } from './sorting'

const fleetOf = (...containers: Container[]): Fleet => ({
  ...EMPTY_FLEET,
  known: true,
  containers: new Map(containers.map((one) => [keyOf(one), one])),
})
const FLEET = fleetOf(
  container({ name: 'web-10', project: 'shop', image: 'acme/web:2', started_at: '2025-11-25T10:00:00Z' }),
  container({ name: 'web-2', project: 'shop', health: 'unhealthy', started_at: '2025-11-25T11:00:00Z' }),
  container({ name: 'job', status: 'exited', running: false, exit_code: 1 }),
  container({
    name: 'api',
    controller: 'edge-2',
    project: 'shop',
    ports: [{ private_port: 80, public_port: 8080 }],
  }),
)
const byName = comparator(parseOrder(null), () => null)
const list = (filter: Partial<ListFilter> = {}, grouping: Grouping = 'project', compare = byName) =>
  buildListing(FLEET, { ...NO_FILTER, ...filter }, grouping, compare)
const names = (filter: Partial<ListFilter>) => list(filter).rows.map((row) => row.container.name)

it('groups by host and compose project, containers without a project last', () => {
  expect(
    list().hosts.map((host) => [
      host.controller,
      host.groups.map((group) => [group.project, group.rows.map((row) => row.container.name)]),
    ]),
  ).toEqual([
    [
      'edge-1',
      [
        ['shop', ['web-2', 'web-10']],
        [null, ['job']],
      ],
    ],
    ['edge-2', [['shop', ['api']]]],
  ])
})

it('counts all containers of hosts and projects whatever the filter, without unhealthy ones as running', () => {
  const [edge1] = list({ text: 'web-10' }).hosts
  expect([edge1!.running, edge1!.total]).toEqual([1, 3])
  expect([edge1!.groups[0]!.running, edge1!.groups[0]!.total]).toEqual([1, 2])
})

it('shows no running count when the state of all is unknown', () => {
  const away = fleetOf(container({ status: 'unknown' }), container({ name: 'b', status: 'unknown' }))
  const [edge1] = buildListing(away, NO_FILTER, 'project', byName).hosts
  expect([edge1!.running, edge1!.groups[0]!.running, edge1!.total]).toEqual([null, null, 2])
  expect(messages.groupNote(edge1!.running, edge1!.total)).toBe('2 containers')
})

it('counts in each chip the rows that a click would show', () => {
  expect(list({ text: 'web', kind: 'unhealthy' })).toMatchObject({
    total: 2,
    counts: { running: 1, unhealthy: 1, stopped: 0 },
  })
})

describe('a filter', () => {
  it.each([
    [{ text: 'acme' }, ['web-10']],
    [{ text: 'shop -unhealthy' }, ['web-10', 'api']],
    [{ text: '8080' }, ['api']],
    [{ text: 'edge-2' }, ['api']],
    [{ kind: 'stopped' }, ['job']],
    [{ attention: true }, ['web-2', 'job']],
    [{ host: 'edge-2' }, ['api']],
    [{ project: 'shop', host: 'edge-1' }, ['web-2', 'web-10']],
  ] as [Partial<ListFilter>, string[]][])('%o leaves %o', (filter, left) => {
    expect(names(filter)).toEqual(left)
  })

  it('can be cleared unless it is empty', () => {
    expect(list({ text: ' ' }).filtered).toBe(false)
    expect(list({ attention: true }).filtered).toBe(true)
  })
})

describe('the order', () => {
  const load = (key: string) => ({
    cpu: { 'edge-1/web-10': 0.9, 'edge-2/api': 0.1 }[key] ?? null,
    memory: null,
  })
  const sorted = (by: SortBy, descending = false) =>
    list({}, 'none', comparator({ by, descending }, load)).rows.map((row) => row.container.name)

  it('sorts by natural name, severity, age or load', () => {
    expect(sorted('name')).toEqual(['api', 'job', 'web-2', 'web-10'])
    expect(sorted('state').slice(0, 2)).toEqual(['job', 'web-2'])
    expect(sorted('uptime').slice(0, 2)).toEqual(['web-2', 'web-10'])
    expect(sorted('cpu', true)).toEqual(['web-10', 'api', 'job', 'web-2'])
  })

  it('does not change while frozen, and new rows come last', () => {
    const before = new Map([
      ['edge-1/web-10', 0],
      ['edge-1/job', 1],
    ])
    const rows = list({}, 'none', frozenOrder(before, byName)).rows
    expect(rows.map((row) => row.container.name)).toEqual(['web-10', 'job', 'api', 'web-2'])
  })

  it('reverses with each click, and returns to the default', () => {
    const first = nextOrder(parseOrder(null), 'cpu')
    const second = nextOrder(first, 'cpu')
    expect([first, second, nextOrder(second, 'cpu')].map(formatOrder)).toEqual(['-cpu', 'cpu', null])
    expect(parseOrder('-cpu')).toEqual(first)
    expect(parseOrder('evil')).toEqual({ by: 'name', descending: false })
  })
})

it('an unchanged container keeps its row', () => {
  const one = container()
  expect(rowOf(one)).toBe(rowOf(one))
  expect(rowOf({ ...one })).not.toBe(rowOf(one))
})

describe('over all hosts', () => {
  const link = {
    state: 'connected',
    since: null,
    attempt: 0,
    retry_in_ms: null,
    features: null,
    awaySince: null,
  }
  const fleet: Fleet = {
    ...fleetOf(
      container({ name: 'web', project: 'shop' }),
      container({ name: 'web', controller: 'edge-2', project: 'shop', status: 'exited', running: false }),
      container({ name: 'job', controller: 'edge-2' }),
      container({ name: 'dns', controller: 'edge-3', project: 'net' }),
    ),
    controllers: new Map<string, KnownController>(
      [
        { ...link, controller: 'edge-1', labels: { region: 'eu', role: 'edge' } },
        { ...link, controller: 'edge-2', labels: { region: 'us' } },
        { ...link, controller: 'edge-3' },
      ].map((one) => [one.controller, one as KnownController]),
    ),
  }
  const shown = (grouping: Grouping, filter: Partial<ListFilter> = {}) =>
    buildListing(fleet, { ...NO_FILTER, ...filter }, grouping, byName)

  it('groups by project, whichever hosts it is on', () => {
    const { hosts, rows } = shown('projects')
    expect(hosts.map(({ section, controller }) => [section?.name, controller])).toEqual([
      ['net', 'edge-3'],
      ['shop', 'edge-1'],
      [undefined, 'edge-2'],
      [null, 'edge-2'],
    ])
    expect(hosts[1]!.section).toMatchObject({ running: 1, total: 2, hosts: 2 })
    expect(rows).toHaveLength(4)
    expect(new Set(hosts.map(({ key }) => key)).size).toBe(4)
  })

  it('groups by a label of the hosts, those without it last', () => {
    const { hosts } = shown('label:region')
    expect(hosts.map(({ section }) => section?.name)).toEqual(['eu', 'us', null])
    expect(hosts.map(({ controller }) => controller)).toEqual(['edge-1', 'edge-2', 'edge-3'])
  })

  it('filters by labels: one of the values of each name', () => {
    const found = (...labels: string[]) =>
      new Set(shown('host', { labels }).rows.map((row) => row.container.controller))
    expect(found('region=eu')).toEqual(new Set(['edge-1']))
    expect(found('region=eu', 'region=us')).toEqual(new Set(['edge-1', 'edge-2']))
    expect(found('region=us', 'role=edge')).toEqual(new Set())
    expect(shown('host', { labels: ['region=eu'] }).filtered).toBe(true)
  })

  it('finds containers by a label of their host', () => {
    expect(shown('host', { text: 'region=us' }).rows).toHaveLength(2)
    expect(shown('host', { text: '-region=' }).rows).toHaveLength(1)
  })
})
