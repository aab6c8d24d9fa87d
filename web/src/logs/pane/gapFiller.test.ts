import { beforeEach, describe, expect, it } from 'vitest'
import {
  DB,
  environment,
  lines,
  live,
  look,
  open,
  page,
  post,
  range,
  receive,
  settled,
  shown,
  snapshot,
  startWorker,
  view,
  WEB,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('a gap', () => {
  const gapRow = () => view().rows.find((row) => row.kind === 'gap')!

  beforeEach(() => {
    open()
    snapshot(lines(1, 2))
    receive('log_gap', { reason: 'slow_client', from: 'c2', to: null, count: 3 })
    live(lines(6, 7))
    look()
  })

  it('is filled from the store, exactly up to the line after it', async () => {
    environment.answers.push(['api/container/web/logs?after=c2', page(lines(3, 4, 5, 6, 7))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    look()
    expect(gapRow().gap?.fill).toBe('loading')
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
    expect(environment.fetched[0]).toContain('controller=edge-1')
  })

  it('that is larger than a page is filled page by page', async () => {
    environment.answers.push([
      'api/container/web/logs?after=c2',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    environment.answers.push(['api/container/web/logs?after=c3', page(lines(4, 5, 6), { more_after: true })])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('stays with a message when the engine cannot read its lines', async () => {
    environment.answers.push([
      'api/container/web/logs?after=c2',
      page([], { cursor: null, more_after: true, incomplete: { reason: 'damaged', from: 'c2', to: null } }),
    ])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(gapRow().gap).toMatchObject({ fill: 'failed', note: expect.stringContaining('cannot read') })
  })

  it('stays with a message when the store no longer has its lines', async () => {
    environment.answers.push(['api/container/web/logs', page([], { anchored: false })])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(gapRow().gap).toMatchObject({ fill: 'failed', note: expect.stringContaining('no longer') })
    environment.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look()
    expect(shown()).toHaveLength(7)
  })

  it('is filled in a frozen view too', async () => {
    look({ follow: false, top: 0 })
    environment.answers.push(['api/container/web/logs', page(lines(3, 4, 5, 6))])
    post({ type: 'fill-gap', pane: 1, n: gapRow().n })
    await settled()
    look({ follow: false, top: 0 })
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })
})

describe('a gap whose ends are known', () => {
  it('is filled with the lines between them', async () => {
    open()
    snapshot(lines(1, 2))
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c6', count: 3 })
    live(lines(6, 7))
    look()
    environment.answers.push([
      'api/container/web/logs?after=c2&before=c6',
      page(lines(3), { cursor: 'c3', more_after: true }),
    ])
    environment.answers.push(['api/container/web/logs?after=c3&before=c6', page(lines(4, 5))])
    post({ type: 'fill-gap', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 8).map((i) => `line ${i}`))
  })

  it('is merged by time among the lines of other containers', async () => {
    open([WEB, DB])
    snapshot(lines(1, 2))
    snapshot(lines(3, 5), {}, 'db')
    receive('log_gap', { reason: 'behind', from: 'c2', to: 'c8', count: 3 })
    live(lines(7), {}, 'db')
    live(lines(8))
    look()
    expect(shown()).toEqual(['line 1', 'line 2', '<gap>', 'line 3', 'line 5', 'line 7', 'line 8'])
    environment.answers.push(['api/container/web/logs?after=c2&before=c8', page(lines(4, 6))])
    post({ type: 'fill-gap', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(shown()).toEqual(range(1, 9).map((i) => `line ${i}`))
  })
})
