import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALL,
  environment,
  lines,
  live,
  look,
  open,
  page,
  post,
  range,
  receive,
  setFilter,
  settled,
  shown,
  snapshot,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('a filter', () => {
  beforeEach(() => {
    open()
    snapshot(
      [
        `${time(1)} INFO started`,
        `${time(2)} ERROR timeout of db`,
        `${time(3)}     at a.b(C.java:1)`,
        `${time(4)} WARN slow`,
        `${time(5)} all well`,
      ],
      {
        streams: 'ooeoo',
      },
    )
    look()
  })

  it('counts and marks hits, and finds the next one around the end', () => {
    setFilter({ text: 'timeout' })
    live([`${time(6)} timeout again`])
    look()
    expect(view().hits).toEqual({ count: 2, at: null })
    expect(view().rows[1]!.ranges).toEqual([6, 13])
    const step = (by: 1 | -1, from: number | null) => {
      post({ type: 'find-next', pane: 1, target: 'hit', by, from })
      look({ follow: false, top: 0 })
      return [view().scrollTo!.n, view().hits!.at]
    }
    const [last, at] = step(-1, null)
    expect(at).toBe(2)
    const [first] = step(-1, last!)
    expect(view().hits!.at).toBe(1)
    expect(step(1, first!)).toEqual([last, 2])
    expect(step(1, last!)).toEqual([first, 1])
  })

  it('can hide lines without a hit', () => {
    setFilter({ text: 'timeout', only: true })
    live([`${time(6)} timeout again`, `${time(7)} other`])
    look()
    expect(shown()).toEqual(['ERROR timeout of db', 'timeout again'])
    expect(view().allRows).toBe(7)
  })

  it('by level shows a stack trace with its first line', () => {
    expect(view().counts).toEqual({ error: 2, warn: 1, info: 1, debug: 0, other: 1 })
    setFilter({ levels: ['error'] })
    look()
    expect(shown()).toEqual(['ERROR timeout of db', '    at a.b(C.java:1)'])
  })

  it('can show stderr only', () => {
    setFilter({ stderrOnly: true })
    look()
    expect(shown()).toEqual(['    at a.b(C.java:1)'])
  })

  it('by time shows a range, and reads on only within it', async () => {
    const between = { since: time(10), until: time(20) }
    post({ type: 'filter', pane: 1, filter: { ...ALL, range: between } })
    environment.answers.push(
      [
        'api/container/web/logs?around',
        page(lines(...range(5, 12)), { more_before: true, more_after: true }),
      ],
      ['api/container/web/logs?after', page(lines(...range(12, 30)), { more_after: true })],
    )
    post({ type: 'jump', pane: 1, time: between.since })
    await settled()
    look({ follow: false })
    await settled()
    look({ follow: false })
    await settled()

    expect(shown()).toEqual(range(10, 21).map((i) => `line ${i}`))
    expect(environment.fetched).toHaveLength(2)
    post({ type: 'search-older', pane: 1 })
    await settled()
    expect(environment.fetched).toHaveLength(2)
  })

  it('by time leads to the older lines of its range, and no further', async () => {
    const between = { since: time(10), until: time(40) }
    post({ type: 'filter', pane: 1, filter: { ...ALL, range: between } })
    environment.answers.push(
      ['api/container/web/logs?around', page(lines(...range(25, 30)), { more_before: true })],
      ['api/container/web/logs?before', page(lines(...range(15, 25)), { more_before: true })],
      ['api/container/web/logs?before', page(lines(...range(5, 15)), { more_before: true })],
    )
    post({ type: 'jump', pane: 1, time: time(30) })
    await settled()
    for (let i = 0; i < 4; i++) {
      look({ follow: false })
      await settled()
    }

    look({ follow: false, height: 50 })
    expect(shown()).toEqual(range(10, 30).map((i) => `line ${i}`))
    expect(environment.fetched).toHaveLength(3)
  })

  it('with an invalid pattern reports it and hides nothing', () => {
    setFilter({ text: '/(/', only: true })
    look()
    expect(view().badQuery).not.toBeNull()
    expect(shown()).toHaveLength(5)
  })

  it('finds errors by the first lines of their stack traces', () => {
    post({ type: 'find-next', pane: 1, target: 'error', by: -1, from: null })
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('ERROR timeout of db')
  })

  it('searches older lines in the store until one is found', async () => {
    receive('log_snapshot', { logs: lines(50), streams: '', cursor: 'c', more_before: true })
    setFilter({ text: 'needle', only: true })
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 50)), { first: 'f30', more_before: true }),
    ])
    environment.answers.push([
      'api/container/web/logs?before=f30',
      page([`${time(7)} the needle`], { first: 'f7', more_before: true }),
    ])
    post({ type: 'search-older', pane: 1 })
    await settled()
    look({ follow: false })
    expect(shown()).toEqual(['the needle'])
    expect(view()).toMatchObject({ searching: false, allRows: 22 })
  })
})
