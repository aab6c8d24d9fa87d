import { beforeEach, describe, expect, it } from 'vitest'
import {
  end,
  environment,
  found,
  look,
  openWithOlder,
  page,
  post,
  queries,
  setFilter,
  settled,
  shown,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('a past part of a log, of which only errors are shown', () => {
  const error = (i: number) => found(i, `ERROR ${i}`, { level: 'error' })
  /** The page shows what has come, and asks for more. */
  const draw = async (moves = 0) => {
    look({ follow: false, moves })
    await settled()
    look({ follow: false, moves })
  }

  beforeEach(async () => {
    openWithOlder()
    setFilter({ levels: ['error'] })
    const progress = { type: 'progress', lines: 100, hits: 0, at: time(20) }
    environment.searches.push([error(7), end(1)], [progress, new Promise(() => {})], [error(9), end(1)])
    environment.answers.push([
      'api/container/web/logs?around=c7',
      page([`${time(7)} ERROR 7`], { more_before: true, more_after: true }),
    ])
    post({ type: 'find-next', pane: 1, target: 'error', by: -1, from: null })
    await settled()
    await draw()
    expect(view()).toMatchObject({ searching: true, searched: { lines: 100 } })
    post({ type: 'stop-search', pane: 1 })
    await settled()
  })

  it('is not read on once the reader has stopped the search', async () => {
    await draw()
    await draw()

    expect(queries()).toHaveLength(2)
    expect(view()).toMatchObject({ searching: false, searchProblem: null, newer: 'more' })
  })

  it('is read on when the reader moves', async () => {
    await draw(1)

    expect(queries()).toHaveLength(3)
    expect(shown()).toEqual(['ERROR 7', 'ERROR 9'])
  })

  it('is read on after another command', async () => {
    environment.answers.push([
      'api/container/web/logs?around=',
      page([`${time(8)} ERROR 8`], { more_after: true }),
    ])
    post({ type: 'jump', pane: 1, time: time(8) })
    await settled()
    await draw()

    expect(queries()).toHaveLength(3)
    expect(shown()).toEqual(['ERROR 8', 'ERROR 9'])
  })
})
