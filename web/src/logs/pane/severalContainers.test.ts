import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALL,
  DB,
  environment,
  lines,
  live,
  look,
  open,
  post,
  range,
  receive,
  shown,
  snapshot,
  startWorker,
  texts,
  time,
  view,
  WEB,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('several containers', () => {
  beforeEach(() => open([WEB, DB]))

  it('are merged by time as they arrive, and each can be hidden', () => {
    snapshot(lines(1, 3, 5))
    snapshot(lines(2, 4), {}, 'db')
    live(lines(6))
    look()
    expect(shown()).toEqual(range(1, 7).map((i) => `line ${i}`))
    post({ type: 'filter', pane: 1, filter: { ...ALL, muted: [0] } })
    look()
    expect(shown()).toEqual(['line 2', 'line 4'])
  })

  it('are in order of time even when one has thousands of lines', () => {
    snapshot(lines(...range(10, 8010)).map((line, i) => `2025-11-26T${line.slice(11, 30)} ${i}`))
    snapshot(lines(1), {}, 'db')
    post({ type: 'filter', pane: 1, filter: ALL })
    look({ follow: false, top: 0 })
    expect(shown()[0]).toBe('line 1')
  })

  it('join and leave, and the lines of a removed one stay', () => {
    snapshot(lines(1))
    post({ type: 'members', pane: 1, members: [DB] })
    expect(environment.socket.sent.at(-1)).toMatchObject({
      type: 'unsubscribe_logs',
      container: 'edge-1/web',
    })
    snapshot(lines(2), {}, 'db')
    look()
    expect(shown()).toEqual(['line 1', 'line 2'])
  })

  it('show state changes and the reader’s markers', () => {
    snapshot(lines(1))
    const stateChanged = (state: string) => receive('log_state', { state, at: time(9), message: null })
    stateChanged('following')
    stateChanged('stopped')
    stateChanged('restarted')
    post({ type: 'marker', text: '1', time: time(10) })
    look()
    expect(shown()).toEqual(['line 1', '<state>', '<state>', '<marker>'])
  })

  it('are exported as text with their names', () => {
    snapshot(lines(1))
    snapshot(lines(2), {}, 'db')
    look()
    post({ type: 'text', id: 1, pane: 1, from: null, to: null, format: 'full' })
    expect(texts[0]).toBe(`${time(1)} edge-1/web line 1\n${time(2)} edge-1/db line 2\n`)
    const [first, second] = view().rows
    post({ type: 'text', id: 2, pane: 1, from: second!.n, to: first!.n, format: 'text' })
    expect(texts[1]).toBe('line 1\nline 2\n')
    post({ type: 'text', id: 3, pane: 1, from: second!.n, to: second!.n, format: 'jsonl' })
    expect(JSON.parse(texts[2]!)).toEqual({
      timestamp: time(2),
      container: 'edge-1/db',
      stream: 'stdout',
      text: 'line 2',
    })
  })
})
