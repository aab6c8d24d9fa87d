import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_LIVE_ROWS } from './liveFeed'
import {
  environment,
  lines,
  live,
  look,
  open,
  post,
  range,
  shown,
  snapshot,
  startWorker,
  time,
  view,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('the live store', () => {
  it('keeps the newest hundred thousand lines', () => {
    open()
    snapshot([])
    for (const i of range(0, 105)) live(lines(...range(i * 1000, i * 1000 + 1000)))
    look()
    expect(view()).toMatchObject({ totalRows: MAX_LIVE_ROWS, arrived: 105_000, older: 'more' })
    expect(view().rows.at(-1)!.text).toBe('line 104999')
  })

  it('is frozen while the reader does not follow, and new lines are counted', () => {
    open()
    snapshot(lines(...range(0, 100)))
    look()
    look({ follow: false, top: 50 })
    look({ follow: false, top: 50 })
    const before = shown()
    live(lines(...range(100, 300)))
    environment.pass(200)
    expect(view()).toMatchObject({ missed: 200, totalRows: 100, following: false })
    expect(shown()).toEqual(before)
    look()
    expect(view()).toMatchObject({ missed: 0, totalRows: 300, following: true })
  })
})

it('a cleared pane starts empty, and undo restores its lines', () => {
  open()
  snapshot(lines(1, 2))
  post({ type: 'clear', pane: 1, undo: false })
  live(lines(3))
  post({ type: 'marker', text: '1', time: time(0) })
  look()
  expect(shown()).toEqual(['line 3', '<marker>'])
  post({ type: 'clear', pane: 1, undo: true })
  live(lines(4))
  look()
  expect(shown()).toEqual(['line 1', 'line 2', 'line 3', '<marker>', 'line 4'])
})
