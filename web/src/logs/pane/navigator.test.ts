import { beforeEach, describe, expect, it } from 'vitest'
import {
  end,
  environment,
  found,
  lines,
  look,
  openWithOlder,
  page,
  post,
  queries,
  range,
  selected,
  setFilter,
  settled,
  shown,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('the whole log', () => {
  const search = (by: 1 | -1, target: 'hit' | 'error' = 'hit', from: number | null = null) =>
    post({ type: 'find-next', pane: 1, target, by, from })

  beforeEach(() => {
    openWithOlder()
  })

  it('has the previous hit, with the lines around it', async () => {
    setFilter({ text: 'needle' })
    environment.searches.push([found(7, 'the needle'), end(1, { complete: false, next: 'c7' })])
    environment.answers.push([
      'api/container/web/logs?around=c7',
      page([...lines(6), `${time(7)} the needle`, ...lines(8)], { more_before: true, more_after: true }),
    ])
    search(-1)
    await settled()
    look({ follow: false })

    expect(queries()).toEqual([
      {
        controller: 'edge-1',
        text: 'needle',
        ignore_case: 'true',
        order: 'newest',
        limit: '1',
        count: 'false',
        before: time(50),
      },
    ])
    expect(selected()).toBe('the needle')
    expect(shown()).toEqual(['line 6', 'the needle', 'line 8'])
  })

  it('is searched from its other end when there is no further hit', async () => {
    setFilter({ text: 'line 58' })
    environment.searches.push([end(0)], [found(58, 'line 58'), end(1, { complete: false })])
    environment.answers.push(['api/container/web/logs?around=c58', page(lines(57, 58, 59))])
    search(-1)
    look({ follow: false })
    search(-1, 'hit', view().scrollTo!.n)
    await settled()
    look({ follow: false })

    expect(queries().map(({ before }) => before)).toEqual([time(50), undefined])
    expect(selected()).toBe('line 58')
  })

  it('has a next hit when none is loaded: the first one', async () => {
    setFilter({ text: 'needle' })
    environment.searches.push([found(7, 'the needle'), end(1)])
    environment.answers.push(['api/container/web/logs?around=c7', page([`${time(7)} the needle`])])
    search(1)
    await settled()
    look({ follow: false })

    expect(queries()).toMatchObject([{ order: 'oldest', limit: '1' }])
    expect(queries()[0]).not.toHaveProperty('after')
    expect(selected()).toBe('the needle')
  })

  it('has the previous error, whose stack trace is one with it', async () => {
    environment.searches.push([found(9, 'ERROR boom', { stream: 'stderr' }), end(1)])
    environment.answers.push(['api/container/web/logs?around=c9', page([`${time(9)} ERROR boom`])])
    search(-1, 'error')
    await settled()
    look({ follow: false })

    expect(queries()).toMatchObject([{ levels: 'error', traces: 'false', order: 'newest' }])
    expect(selected()).toBe('ERROR boom')
  })

  it('gives the older lines that a filter leaves, step by step to its beginning', async () => {
    setFilter({ text: 'needle', only: true })
    environment.searches.push(
      [found(7, 'needle 7'), found(5, 'needle 5'), end(2, { complete: false, next: 'n5' })],
      [found(2, 'needle 2'), end(1)],
    )
    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['needle 5', 'needle 7'])
    expect(view()).toMatchObject({ older: 'more', searching: false })

    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['needle 2', 'needle 5', 'needle 7'])
    expect(view().older).toBe('none')
    expect(queries().map(({ before }) => before)).toEqual([time(50), 'n5'])
  })

  it('is read again around the same line when such a filter changes', async () => {
    setFilter({ text: 'needle', only: true })
    environment.searches.push([found(7, 'needle 7'), end(1)])
    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })
    const { n } = view().rows[0]!
    look({ follow: false, anchor: { n, line: 0 } })
    environment.answers.push([
      `api/container/web/logs?around=${encodeURIComponent(time(7))}`,
      page([...lines(6), `${time(7)} needle 7`, ...lines(8)]),
    ])
    setFilter({})
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['line 6', 'needle 7', 'line 8'])
  })

  it('that cannot be searched now shows the reason, and can still be read', async () => {
    setFilter({ text: 'needle' })
    environment.searches.push({ status: 429, reason: 'too many searches' })
    environment.answers.push(['api/container/web/logs?through=', page(lines(...range(40, 51)))])
    search(-1)
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ searchProblem: 'too many searches', searching: false })
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ totalRows: 20, storeProblem: null })
  })

  it('is read on in a bounded part: the oldest rows make room', async () => {
    const day = Date.parse('2025-11-25T00:00:00Z')
    const many = (from: number) =>
      range(from, from + 70_000).map(
        (i) => `${new Date(day + i).toISOString().slice(0, -1)}000000Z line ${i}`,
      )
    environment.answers.push(
      ['api/container/web/logs?around=', page(many(0), { more_after: true })],
      ['api/container/web/logs?after=last', page(many(70_000))],
    )
    post({ type: 'jump', pane: 1, time: time(7) })
    await settled()
    look({ follow: false, top: 69_990 })
    await settled()
    look({ follow: false, top: 69_990 })

    expect(view()).toMatchObject({ allRows: 120_000, older: 'more', newer: 'none' })
  })

  it('is read on by a search when a filter hides most of a past part', async () => {
    setFilter({ text: 'needle', only: true })
    environment.searches.push(
      [found(7, 'needle 7'), end(1)],
      [found(8, 'needle 8'), found(9, 'needle 9'), end(2, { complete: false, next: 'n9' })],
      [found(12, 'needle 12'), end(1)],
    )
    environment.answers.push([
      'api/container/web/logs?around=c7',
      page([`${time(7)} needle 7`], { more_before: true, more_after: true }),
    ])
    search(-1)
    await settled()
    for (let i = 0; i < 4; i++) {
      look({ follow: false })
      await settled()
    }
    look({ follow: false })

    expect(shown()).toEqual(['needle 7', 'needle 8', 'needle 9', 'needle 12'])
    expect(queries().map(({ order, after }) => [order, after])).toEqual([
      ['newest', undefined],
      ['oldest', 'last'],
      ['oldest', 'n9'],
    ])
    expect(view().newer).toBe('none')
  })

  it('does not move the reader for a search that another command has replaced', async () => {
    setFilter({ text: 'line 5' })
    environment.searches.push([found(7, 'line 5 of old'), end(1)])
    search(-1, 'error')
    search(-1)
    await settled()
    look({ follow: false })

    expect(selected()).toBe('line 59')
    expect(environment.fetched.filter((path) => path.includes('around'))).toEqual([])
  })

  it('keeps its older lines within reach when a part of it could not be searched', async () => {
    setFilter({ text: 'needle', only: true })
    environment.searches.push([
      found(7, 'needle 7'),
      end(1, { complete: false, failed: [{ controller: 'edge-2', error: 'controller edge-2 is away' }] }),
    ])
    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['needle 7'])
    expect(view()).toMatchObject({ older: 'more', searchProblem: 'controller edge-2 is away' })
  })

  it('gives a long line whole, and each line the level that it has in its log', async () => {
    setFilter({ levels: ['error'], text: 'needle', only: true })
    environment.searches.push([
      found(8, '  needle frame', { level: 'error' }),
      found(7, 'ERROR begin', { level: 'error', cut: true }),
      end(2),
    ])
    environment.answers.push([
      'api/container/web/logs?through=c7',
      page([`${time(7)} ERROR begin and needle`]),
    ])
    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })

    expect(shown()).toEqual(['ERROR begin and needle', '  needle frame'])
  })

  it('has its oldest line in one step', async () => {
    environment.answers.push([
      'api/container/web/logs?after=1970-01-01',
      page(lines(...range(0, 40)), { more_after: true }),
    ])
    post({ type: 'oldest', pane: 1 })
    await settled()
    look({ follow: false })

    expect(shown()[0]).toBe('line 0')
    expect(view()).toMatchObject({ older: 'none', scrollTo: { line: 0 } })
  })

  it('shows how far a search is, and can be stopped', async () => {
    environment.searches.push([
      { type: 'progress', lines: 100, hits: 0, at: time(20) },
      new Promise(() => {}),
    ])
    search(-1, 'error')
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ searching: true, searched: { lines: 100, at: time(20) } })

    post({ type: 'stop-search', pane: 1 })
    await settled()
    look({ follow: false })
    expect(view()).toMatchObject({ searching: false, searchProblem: null, sought: null, scrollTo: null })
  })

  it('does not jump to a hit when the reader has moved meanwhile, but offers it', async () => {
    let find: (line: object) => void = () => undefined
    environment.searches.push([new Promise((resolve) => (find = resolve)), end(1)])
    environment.answers.push(['api/container/web/logs?around=c9', page([`${time(9)} ERROR boom`])])
    search(-1, 'error')
    look({ follow: false })
    look({ follow: false, top: 3, moves: 1 })
    find(found(9, 'ERROR boom'))
    await settled()
    look({ follow: false, top: 3, moves: 1 })
    expect(view()).toMatchObject({ sought: { kind: 'found', time: time(9) }, scrollTo: null })
    expect(shown()).toHaveLength(10)

    post({ type: 'show-found', pane: 1 })
    await settled()
    look({ follow: false, top: 3, moves: 1 })
    expect(selected()).toBe('ERROR boom')
    expect(view().sought).toBeNull()
  })

  it('does not jump to a hit when the reader has moved while its lines were read', async () => {
    environment.searches.push([found(9, 'ERROR boom'), end(1)])
    environment.answers.push(['api/container/web/logs?around=c9', page([`${time(9)} ERROR boom`])])
    const read = environment.fetchJson.bind(environment)
    environment.fetchJson = (path) => {
      if (path.includes('around')) look({ follow: false, top: 3, moves: 1 })
      return read(path)
    }
    search(-1, 'error')
    await settled()
    look({ follow: false, top: 3, moves: 1 })

    expect(view()).toMatchObject({ sought: { kind: 'found', time: time(9) }, scrollTo: null })
  })

  it('adds older hits without a jump when the reader has moved meanwhile', async () => {
    setFilter({ text: 'line', only: true })
    let find: (line: object) => void = () => undefined
    environment.searches.push([new Promise((resolve) => (find = resolve)), end(1)])
    post({ type: 'search-older', pane: 1 })
    look({ follow: false, moves: 1 })
    find(found(7, 'line 7'))
    await settled()
    look({ follow: false, moves: 1 })

    expect(shown()[0]).toBe('line 7')
    expect(view().scrollTo).toBeNull()
  })

  it.each([
    ['that has no error', [[end(0)], [end(0)]], true],
    ['that cannot be searched', [], false],
  ])('%s: the page says so', async (_, answers, whole) => {
    environment.searches.push(...answers)
    search(-1, 'error')
    await settled()
    look({ follow: false })

    expect(view()).toMatchObject({ sought: { kind: 'none', target: 'error', whole }, scrollTo: null })
    setFilter({ text: 'x' })
    look({ follow: false })
    expect(view().sought).toBeNull()
  })
})
