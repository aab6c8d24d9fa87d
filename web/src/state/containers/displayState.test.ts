import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { needsAttention, displayState } from './displayState'

it.each([
  [{ health: 'healthy' }, 'Running', 'healthy', 'ok', 'running'],
  [{}, 'Running', '', 'ok', 'running'],
  [{ health: 'starting' }, 'Starting', 'running', 'warn', 'running'],
  [{ health: 'unhealthy' }, 'Unhealthy', 'running', 'err', 'unhealthy'],
  [{ status: 'paused' }, 'Paused', '', 'paused', 'paused'],
  [{ status: 'restarting', exit_code: 1 }, 'Restarting', 'code 1', 'warn', 'restarting'],
  [{ status: 'exited', exit_code: 0 }, 'Exited', 'code 0', 'neutral', 'stopped'],
  [{ status: 'exited', exit_code: 1 }, 'Exited', 'code 1', 'err', 'stopped'],
  [{ status: 'exited', exit_code: 137, oom_killed: true }, 'Exited', 'out of memory', 'err', 'stopped'],
  [{ status: 'exited', exit_code: 137 }, 'Exited', 'code 137', 'neutral', 'stopped'],
  [{ status: 'exited', exit_code: 143, end_requested: true }, 'Exited', 'code 143', 'neutral', 'stopped'],
  [{ status: 'exited', exit_code: 131, end_requested: true }, 'Exited', 'code 131', 'neutral', 'stopped'],
  [{ status: 'exited', exit_code: 1, end_requested: true }, 'Exited', 'code 1', 'err', 'stopped'],
  [{ status: 'exited', exit_code: 137, end_requested: false }, 'Exited', 'code 137', 'err', 'stopped'],
  [
    { status: 'exited', exit_code: 137, end_requested: true, oom_killed: true },
    'Exited',
    'out of memory',
    'err',
    'stopped',
  ],
  [{ status: 'dead' }, 'Dead', '', 'err', 'unhealthy'],
  [{ status: 'created' }, 'Created', 'never started', 'neutral', 'stopped'],
  [
    { status: 'created', exit_code: 127, error: 'no such file' },
    'Failed to start',
    'code 127',
    'err',
    'stopped',
  ],
  [
    { status: 'exited', exit_code: 128, error: 'port in use' },
    'Failed to start',
    'code 128',
    'err',
    'stopped',
  ],
  [
    { status: 'running', restart_loop: { exit_code: 7 }, restart_count: 4 },
    'Restart loop',
    '4 restarts, code 7',
    'err',
    'restarting',
  ],
  [
    { status: 'restarting', restart_loop: {}, restart_count: 4 },
    'Restart loop',
    '4 restarts',
    'err',
    'restarting',
  ],
  [{ status: 'unknown', restart_loop: { exit_code: 7 } }, 'Unknown', '', 'neutral', 'unknown'],
  [{ status: 'removed' }, 'Removed', '', 'neutral', 'stopped'],
  [{ status: 'not-created' }, 'Not created', '', 'neutral', 'stopped'],
  [{ status: 'unknown', last_status: 'running' }, 'Unknown', 'was running', 'neutral', 'unknown'],
  [{ status: 'hibernating' }, 'Hibernating', '', 'neutral', 'unknown'],
])('%j is shown as %s %s', (fields, word, note, tone, kind) => {
  expect(displayState(container(fields))).toMatchObject({ word, note, tone, kind })
})

it.each([
  [{ health: 'unhealthy' }, true],
  [{ status: 'restarting', running: false }, true],
  [{ status: 'exited', running: false, exit_code: 1 }, true],
  [{ status: 'exited', running: false, exit_code: 137, oom_killed: true }, true],
  [{ status: 'exited', running: false, exit_code: 143 }, false],
  [{ status: 'exited', running: false, exit_code: 143, end_requested: false }, true],
  [{ status: 'exited', running: false, exit_code: 0 }, false],
  [{ status: 'created', running: false, exit_code: 127, error: 'no such file' }, true],
  [{ status: 'created', running: false }, false],
  [{ status: 'running', restart_loop: { exit_code: 7 } }, true],
  [{ health: 'starting' }, false],
  [{ status: 'unknown', running: false }, false],
  [{ status: 'unknown', last_status: 'running', last_health: 'unhealthy' }, true],
  [{ status: 'unknown', last_status: 'running', last_health: 'healthy' }, false],
  [{ status: 'unknown', last_status: 'exited', exit_code: 1 }, true],
  [{ status: 'unknown', last_status: 'exited', exit_code: 0 }, false],
  [{ status: 'unknown', last_status: 'unknown', error: 'no such file' }, false],
])('%o needs attention: %s', (fields, needed) => {
  expect(needsAttention(container(fields))).toBe(needed)
})
