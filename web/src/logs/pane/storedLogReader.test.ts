import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALL,
  environment,
  lines,
  look,
  open,
  openWithOlder,
  page,
  post,
  range,
  settled,
  shown,
  snapshot,
  startWorker,
  time,
  view,
  WEB,
} from '../../testing/logWorker'

beforeEach(startWorker)

describe('older lines', () => {
  beforeEach(() => {
    openWithOlder()
  })

  it('are read when the reader comes to the top, without a gap or a duplicate', async () => {
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(30, 51)), { first: 'f30', more_before: true }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    environment.answers.push(['api/container/web/logs?before=f30', page(lines(...range(0, 30)))])
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(environment.fetched).toHaveLength(2)
    expect(view()).toMatchObject({ totalRows: 60, older: 'none' })
    expect(shown()[0]).toBe('line 0')
    look()
    expect(view().totalRows).toBe(60)
  })

  it('that the engine cannot read are a gap between two pages, once', async () => {
    environment.answers.push([
      'api/container/web/logs?through=',
      page(lines(...range(40, 51)), {
        first: 'f40',
        more_before: true,
        incomplete: { reason: 'damaged', from: null, to: 'f40' },
      }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    environment.answers.push([
      'api/container/web/logs?before=f40',
      page(lines(...range(0, 10)), {
        cursor: 'c9',
        more_after: true,
        incomplete: { reason: 'damaged', from: 'c9', to: 'f40' },
      }),
    ])
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(shown().slice(9, 12)).toEqual(['line 9', '<gap>', 'line 40'])
    expect(shown().filter((row) => row === '<gap>')).toHaveLength(1)
    expect(view().rows[10]!.gap!.reason).toBe('damaged')
  })

  it('move the visible rows down by the right number of lines', async () => {
    const { n } = view().rows[0]!
    environment.answers.push(['api/container/web/logs?through=', page(lines(...range(0, 51)))])
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    await settled()
    look({ follow: false, top: 0, anchor: { n, line: 0 } })
    const line = view().fromLine + view().rows.findIndex((row) => row.n === n)
    expect(line).toBe(50)
  })

  it('that cannot be read show the reason, and are not requested repeatedly', async () => {
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ older: 'failed', storeProblem: 'the relay did not answer' })
    expect(environment.fetched).toHaveLength(1)
  })
})

describe('a jump to a time', () => {
  it('waits until the list says which containers are in the pane', async () => {
    environment.answers.push(['api/container/web/logs?around=', page(lines(...range(10, 30)))])
    open([], ALL, time(20))
    await settled()
    expect(environment.fetched).toHaveLength(0)
    post({ type: 'members', pane: 1, members: [WEB] })
    await settled()
    look({ follow: false })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('line 20')
    post({ type: 'members', pane: 1, members: [WEB] })
    expect(environment.fetched).toHaveLength(1)
  })

  it('freezes at its line, reads on in both directions, and returns to the live log', async () => {
    environment.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(10, 30)), { more_before: true, more_after: true }),
    ])
    open([WEB], ALL, time(20))
    snapshot(lines(...range(90, 100)), { more_before: true })
    await settled()
    environment.answers.push(['api/container/web/logs?after=last', page(lines(...range(30, 90)))])
    environment.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 10)))])
    look({ follow: false })
    expect(view().scrollTo).toMatchObject({ select: true })
    expect(view().rows.find((row) => row.n === view().scrollTo!.n)?.text).toBe('line 20')
    await settled()
    look({ follow: false, top: 0 })
    expect(view()).toMatchObject({ totalRows: 90, newer: 'none', older: 'none' })
    look()
    expect(view().rows.at(-1)?.text).toBe('line 99')
  })
})

describe('a jump while older lines arrive', () => {
  it('scrolls to where older lines have moved its row', async () => {
    environment.answers.push([
      'api/container/web/logs?around=',
      page(lines(...range(100, 300)), { more_before: true }),
    ])
    open([WEB], ALL, time(250))
    await settled()
    environment.answers.push(['api/container/web/logs?before=first', page(lines(...range(0, 100)))])
    look({ follow: false, top: 0, height: 30 })
    await settled()
    look({ follow: false, top: 0, height: 30 })
    expect(view().scrollTo).toMatchObject({ line: 250 - 10 })
  })
})
