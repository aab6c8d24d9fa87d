import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALL,
  DB,
  end,
  environment,
  lines,
  live,
  look,
  openWithOlder,
  page,
  post,
  queries,
  range,
  receive,
  setFilter,
  settled,
  snapshot,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

/** A refusal of one of several controllers. */
const partlyBusy = [
  end(3, { complete: false, failed: [{ controller: 'edge-2', status: 429, error: 'too many searches' }] }),
]
const flood = (from: number, to: number) =>
  range(from, to).map(
    (i) => `${new Date(Date.parse('2025-11-26') + i).toISOString().slice(0, -1)}000000Z line ${i}`,
  )

/** The controllers have counted 540 stored hits of this filter. */
async function countStored(filter: Parameters<typeof setFilter>[0]) {
  setFilter(filter)
  environment.searches.push([end(540)])
  environment.pass(400)
  await settled()
}

describe('the hits of the whole log', () => {
  beforeEach(() => {
    openWithOlder()
  })

  it('are more than the loaded ones, and new ones are added', async () => {
    setFilter({ text: 'line 5' })
    environment.searches.push([{ type: 'progress', lines: 100, bytes: 9, hits: 3, reached: null }, end(540)])
    environment.pass(400)
    expect(view().whole).toBeNull()
    look()
    expect(view().whole).toEqual({ hits: 0, state: 'counting', reason: null })
    await settled()
    live(lines(61), { cursor: 'c61' })
    live([`${time(62)} line 5 again`], { cursor: 'c62' })
    look()

    expect(queries()).toMatchObject([{ limit: '0', before: time(59).replace('000Z', '001Z') }])
    expect(view().hits!.count).toBe(11)
    expect(view().whole).toEqual({ hits: 541, state: 'counted', reason: null })
  })

  it('are counted once when a search text is typed letter by letter', () => {
    for (const text of ['n', 'ne', 'nee']) {
      setFilter({ text })
      environment.pass(100)
    }
    environment.pass(400)
    expect(queries().map(({ text }) => text)).toEqual(['nee'])
  })

  it('are counted until the relay has room for a search, and the pane says so', async () => {
    setFilter({ text: 'line 5' })
    environment.searches.push({ status: 429, reason: 'too many searches' }, partlyBusy, [end(540)])
    look()
    for (const wait of [400, 1000, 2000]) {
      expect(view().whole).toEqual({ hits: 0, state: 'counting', reason: null })
      environment.pass(wait - 1)
      const before = queries().length
      environment.pass(1)
      expect(queries()).toHaveLength(before + 1)
      await settled()
      look()
    }
    expect(view().whole).toEqual({ hits: 540, state: 'counted', reason: null })
    expect(new Set(queries().map(({ before }) => before)).size).toBe(1)
  })

  it('are counted once while a flood drops lines from the page', async () => {
    await countStored({ text: 'line' })
    for (const i of range(0, 105)) live(flood(i * 1000, i * 1000 + 1000))
    environment.pass(60_000)
    look()

    expect(queries()).toHaveLength(1)
    expect(view().hits!.count).toBe(100_000)
    expect(view().whole).toEqual({ hits: 540 + 105_000, state: 'counted', reason: null })
  })

  it('are known without a search while the whole log is loaded, also after its oldest lines were dropped', () => {
    snapshot(lines(...range(50, 60)))
    setFilter({ levels: ['other'] })
    for (const i of range(0, 101)) live(flood(i * 1000, i * 1000 + 1000))
    environment.pass(400)
    look()

    expect(queries()).toEqual([])
    expect(view()).toMatchObject({ shownLines: 100_000, older: 'more' })
    expect(view().whole).toEqual({ hits: 10 + 101_000, state: 'counted', reason: null })
  })

  it('are not counted again when the lines without a hit are hidden', async () => {
    await countStored({ text: 'line 5' })
    setFilter({ text: 'line 5', only: true })
    environment.pass(400)
    look()

    expect(queries()).toHaveLength(1)
    expect(view().whole).toMatchObject({ hits: 540, state: 'counted' })
  })

  it('are counted once when the log resumes after an outage', async () => {
    await countStored({ text: 'line' })
    snapshot(lines(60, 61), { resumed: true })
    environment.pass(400)
    look()

    expect(queries()).toHaveLength(1)
    expect(view().whole).toMatchObject({ hits: 542, state: 'counted' })
  })

  it('are at least those that arrived when lines are missing since then', async () => {
    await countStored({ text: 'line' })
    receive('log_gap', { reason: 'slow_client', from: 'c', to: null, count: 3 })
    live(lines(64, 65))
    look()
    expect(view().whole).toEqual({ hits: 542, state: 'at-least', reason: null })

    environment.answers.push(['api/container/web/logs?after=c', page(lines(61, 62, 63, 64))])
    post({ type: 'fill-gap', pane: 1, n: view().rows.find((row) => row.kind === 'gap')!.n })
    await settled()
    look()
    expect(view().whole).toEqual({ hits: 545, state: 'counted', reason: null })
  })

  it('are at least those that arrived until the last gap is filled', async () => {
    await countStored({ text: 'line' })
    for (const from of ['c', 'd'])
      receive('log_gap', { reason: 'slow_client', from, to: `${from}2`, count: 3 })
    look()
    for (const [from, line] of Object.entries({ c: 61, d: 62 })) {
      expect(view().whole).toMatchObject({ state: 'at-least' })
      environment.answers.push([`api/container/web/logs?after=${from}`, page(lines(line))])
      const gap = view().rows.find((row) => row.kind === 'gap')!
      post({ type: 'fill-gap', pane: 1, n: gap.n })
      await settled()
      look()
    }
    expect(view().whole).toEqual({ hits: 542, state: 'counted', reason: null })
  })

  it('are at least those that arrived after the page has dropped a gap', async () => {
    await countStored({ text: 'line' })
    receive('log_gap', { reason: 'slow_client', from: 'c', to: null, count: 3 })
    for (const i of range(0, 101)) live(flood(i * 1000, i * 1000 + 1000))
    look()
    expect(view().whole).toEqual({ hits: 540 + 101_000, state: 'at-least', reason: null })
  })

  it('of several panes are counted one after the other', async () => {
    const more = { pane: 2, members: [DB], filter: { ...ALL, text: 'db' }, at: null, lines: 1000 }
    post({ type: 'open', ...more })
    snapshot(lines(50), { more_before: true }, 'db')
    setFilter({ text: 'web' })
    let finish: (line: object) => void = () => undefined
    environment.searches.push([new Promise((resolve) => (finish = resolve))], [end(7)])
    environment.pass(400)
    await settled()
    expect(queries()).toHaveLength(1)

    finish(end(540))
    await settled()
    expect(
      queries()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['db', 'web'])
  })

  it('that wait for their turn give it up when the filter changes', async () => {
    const more = { pane: 2, members: [DB], filter: { ...ALL, text: 'db' }, at: null, lines: 1000 }
    post({ type: 'open', ...more })
    snapshot(lines(50), { more_before: true }, 'db')
    let finish: (line: object) => void = () => undefined
    environment.searches.push([new Promise((resolve) => (finish = resolve))], [end(7)], [end(8)])
    environment.pass(400)
    for (const text of ['a', 'b']) {
      setFilter({ text })
      environment.pass(400)
    }
    finish(end(540))
    await settled()

    expect(queries().map(({ text }) => text)).toEqual(['db', 'b'])
  })
})
