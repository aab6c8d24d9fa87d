import { expect, it } from 'vitest'
import { container } from '../../testing/examples'
import { portTexts, uptime } from './uptime'

const START = Date.parse('2025-11-25T20:00:00.000Z')
const HOUR = 3_600_000
const at = (iso: string) => ({ started_at: '2025-11-25T20:00:00.000Z', finished_at: iso })

it.each([
  [{ ...at('') }, 12_000, '12s'],
  [{ ...at('') }, 3 * HOUR + 725_000, '3h 12m'],
  [{ ...at(''), status: 'paused' }, 52 * HOUR, '2d 4h'],
  [{ ...at('2025-11-25T20:00:04.000Z'), status: 'restarting' }, 9000, '5 s ago'],
  [{ ...at('2025-11-25T21:00:00.000Z'), status: 'exited' }, 3 * HOUR, '2 h ago'],
  [{ ...at(''), status: 'unknown', last_status: 'running' }, HOUR, '1h 0m'],
  [
    { ...at(''), status: 'unknown', last_status: 'running', as_of: '2025-11-25T20:30:00.000Z' },
    HOUR,
    '30m 0s',
  ],
  [{ status: 'created' }, HOUR, ''],
  [{ status: 'running' }, HOUR, ''],
])('%o after %d ms reads %s', (fields, later, text) => {
  expect(uptime(container(fields), START + later)).toBe(text)
})

it('lists each port once, published ports first', () => {
  const port = (
    private_port: number,
    public_port: number | null,
    ip: string | null = null,
    type = 'tcp',
  ) => ({
    ip,
    private_port,
    public_port,
    type,
  })
  expect(
    portTexts([
      port(443, null),
      port(80, 8080, '0.0.0.0'),
      port(80, 8080, '::'),
      port(53, 5353, '127.0.0.1', 'udp'),
    ]),
  ).toEqual(['127.0.0.1:5353→53/udp', '8080→80', '443'])
})
