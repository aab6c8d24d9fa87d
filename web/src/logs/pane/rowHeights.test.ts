import { beforeEach, describe, expect, it } from 'vitest'
import { look, open, post, snapshot, startWorker, time, view } from '../../testing/logWorker'

beforeEach(startWorker)

describe('heights', () => {
  it('of wrapped and unfolded lines are computed, and measured ones replace them', () => {
    open()
    snapshot([`${time(1)} ${'x'.repeat(45)}`, `${time(2)} {"a":1,"b":{"c":2}}`, `${time(3)} short`])
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 1 + 1)
    post({ type: 'unfold', pane: 1, n: view().rows[1]!.n, open: true })
    look({ wrap: true, columns: 20 })
    expect(view().rows[1]!.pretty).toEqual(['{', '  "a": 1,', '  "b": {', '    "c": 2', '  }', '}'])
    expect(view().totalLines).toBe(3 + 6 + 1)
    post({ type: 'measured', pane: 1, rows: [[view().rows[2]!.n, 4]] })
    look({ wrap: true, columns: 20 })
    expect(view().totalLines).toBe(3 + 6 + 4)
    look({ wrap: false, columns: 20 })
    expect(view().totalLines).toBe(1 + 6 + 1)
  })
})
