import { beforeEach, describe, expect, it } from 'vitest'
import {
  end,
  environment,
  lines,
  live,
  look,
  open,
  queries,
  range,
  setFilter,
  settled,
  snapshot,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('the hits of the whole log', () => {
  beforeEach(() => {
    open()
    snapshot(lines(...range(50, 60)), { more_before: true })
    look()
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
})
