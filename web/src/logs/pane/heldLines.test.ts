import { beforeEach, expect, it } from 'vitest'
import { FakeEnvironment } from '../../testing/environment'
import { HeldLines } from './heldLines'

let environment: FakeEnvironment
let released: string[]
let held: HeldLines<string>

beforeEach(() => {
  environment = new FakeEnvironment()
  released = []
  held = new HeldLines<string>(
    (ms, task) => environment.after(ms, task),
    (all) => released.push(...all),
  )
})

it('releases in the order of arrival, after a half to the whole of the hold', () => {
  held.add('a', 1, 200)
  environment.pass(90)
  held.add('b', 1, 200)
  environment.pass(20)
  held.add('c', 1, 200)
  expect(released).toEqual([])
  environment.pass(90)
  expect(released).toEqual(['a', 'b'])
  environment.pass(100)
  expect(released).toEqual(['a', 'b', 'c'])
})

it('has no timer while it holds nothing', () => {
  held.add('a', 1, 200)
  environment.pass(1000)
  const before = environment.now()
  held.add('b', 1, 200)
  environment.pass(200)
  expect(released).toEqual(['a', 'b'])
  expect(environment.now() - before).toBe(200)
})

it('does not hold more than some thousand lines', () => {
  held.add('a', 3000, 200)
  held.add('b', 3000, 200)
  expect(released).toEqual(['a', 'b'])
})

it('can be emptied, and dropped', () => {
  held.add('a', 1, 200)
  held.flush()
  expect(released).toEqual(['a'])
  held.add('b', 1, 200)
  held.stop()
  environment.pass(1000)
  expect(released).toEqual(['a'])
})
