import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { elapsed, statusText } from './status'

const START = Date.parse('2025-11-25T20:00:00.000Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

it.each([
  [0, 'Less than a second'],
  [1_000, '1 second'],
  [59_999, '59 seconds'],
  [MINUTE, 'About a minute'],
  [2 * MINUTE, '2 minutes'],
  [HOUR, 'About an hour'],
  [1.6 * HOUR, '2 hours'],
  [47 * HOUR, '47 hours'],
  [2 * DAY, '2 days'],
  [15 * DAY, '2 weeks'],
  [90 * DAY, '3 months'],
  [800 * DAY, '2 years'],
  [-5_000, 'Less than a second'],
])('%d ms are %s, as Docker says', (ms, words) => {
  expect(elapsed(ms)).toBe(words)
})

it.each([
  [{ status: 'running', status_detail: 'Up 3 seconds' }, 'Up 2 hours'],
  [{ status: 'running', status_detail: 'Up 3 seconds (healthy)' }, 'Up 2 hours (healthy)'],
  [{ status: 'paused', status_detail: 'Up Less than a second (Paused)' }, 'Up 2 hours (Paused)'],
  [{ status: 'running', status_detail: 'Up 3 seconds', started_at: null }, 'Up 3 seconds'],
  [{ status: 'exited', status_detail: 'Exited (137) 4 seconds ago' }, 'Exited (137) About an hour ago'],
  [{ status: 'restarting', status_detail: 'Restarting (1) 1 second ago' }, 'Restarting (1) 1 second ago'],
  [{ status: 'created', status_detail: 'Created' }, 'Created'],
  [{ status: 'unknown', status_detail: 'Up 3 seconds' }, 'Up 3 seconds'],
])('%j reads %s two hours later', (fields, text) => {
  const seen = container({
    started_at: '2025-11-25T20:00:00.000Z',
    finished_at: '2025-11-25T21:00:00.000Z',
    ...fields,
  })
  expect(statusText(seen, START + 2 * HOUR)).toBe(text)
})
