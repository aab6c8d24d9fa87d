// The containers of the fake relay: one in each state.
const HOUR = 3_600_000

export function stack(now) {
  const at = (ago) => new Date(now - ago).toISOString()
  const running = {
    status: 'running',
    running: true,
    actions: { start: 'It is running.', stop: null, restart: null },
  }
  const stopped = { running: false, actions: { start: null, stop: 'It is not running.', restart: null } }
  const list = [
    [
      'nginx-proxy',
      { ...running, status_detail: 'Up 2 hours (healthy)', health: 'healthy', image: 'nginx:1.27' },
    ],
    ['ffmpeg-kick', { ...running, status_detail: 'Up 5 seconds (health: starting)', health: 'starting' }],
    ['ffmpeg-twitch', { ...running, status_detail: 'Up 2 hours (unhealthy)', health: 'unhealthy' }],
    ['multiplexer', { ...running, status_detail: 'Up 6 days' }],
    ['chatty', { ...running, status_detail: 'Up 41 minutes' }],
    ['quiet', { ...running, status_detail: 'Up 3 hours' }],
    [
      'crash-loop',
      {
        status: 'restarting',
        status_detail: 'Restarting (1) 4 seconds ago',
        exit_code: 1,
        restart_count: 12,
      },
    ],
    [
      'recorder',
      {
        ...running,
        status: 'paused',
        running: false,
        status_detail: 'Up 2 hours (Paused)',
        actions: { start: 'It is paused.', stop: null, restart: null },
      },
    ],
    [
      'nightly-report',
      { ...stopped, status: 'exited', status_detail: 'Exited (0) 2 hours ago', exit_code: 0 },
    ],
    ['migrate', { ...stopped, status: 'exited', status_detail: 'Exited (1) 3 days ago', exit_code: 1 }],
    ['never-started', { ...stopped, status: 'created', status_detail: 'Created' }],
    ['no-log', { ...running, status_detail: 'Up 2 hours' }],
    [
      'db-backup',
      {
        status: 'not-created',
        status_detail: '',
        created: false,
        running: false,
        id: null,
        image: null,
        actions: {
          start: 'There is no container.',
          stop: 'There is no container.',
          restart: 'There is no container.',
        },
      },
    ],
  ]
  return list.map(([name, fields], i) => ({
    name,
    full_name: `relay-${name}`,
    status: 'running',
    running: false,
    health: null,
    id: `${(i + 10).toString(16).padStart(2, '0')}c3ef0123ab`,
    created: true,
    controller: 'prod-eu-1',
    image: 'relayer/ffmpeg:7.1',
    project: i < 7 ? 'relay' : i < 11 ? 'media' : null,
    service: name,
    started_at: at((i + 1) * (i % 3 === 0 ? 26 : 0.8) * HOUR),
    finished_at: at((i + 1) * 0.3 * HOUR),
    ports: i % 3 === 0 ? [{ ip: '0.0.0.0', private_port: 80, public_port: 8080 + i, type: 'tcp' }] : [],
    exit_code: null,
    oom_killed: false,
    restart_count: 0,
    actions: { start: null, stop: null, restart: null },
    ...fields,
  }))
}

/** Recent changes of some of them, newest first. */
export function history(containers, now) {
  const change = (one, reason, ago, fields) => ({
    name: one.name,
    controller: one.controller,
    id: one.id,
    previousStatus: 'running',
    previousHealth: null,
    currentStatus: one.status,
    currentHealth: one.health,
    reason,
    exitCode: null,
    at: new Date(now - ago).toISOString(),
    container: null,
    ...fields,
  })
  return containers.flatMap((one, i) => {
    if (one.status === 'exited')
      return [change(one, 'died', (i + 1) * 0.3 * HOUR, { exitCode: one.exit_code })]
    if (one.health === 'unhealthy') return [change(one, 'health', 4 * 60_000, { currentHealth: 'unhealthy' })]
    if (one.status === 'restarting')
      return [
        change(one, 'restarted', 3000, {}),
        change(one, 'died', 4000, { exitCode: 1, currentStatus: 'exited' }),
        change(one, 'started', 40_000, {}),
      ]
    if (i % 4 === 0) return [change(one, 'started', (i + 1) * 7 * 60_000, {})]
    return []
  })
}

/** Many containers: on two hosts, in projects of twenty. */
export function many(count, now) {
  const few = stack(now).filter((one) => one.created)
  return Array.from({ length: count }, (_, i) => ({
    ...few[i % few.length],
    name: `service-${String(i).padStart(3, '0')}`,
    full_name: `shop-${Math.floor(i / 20)}-service-${i}`,
    id: (0x100000000000 + i).toString(16),
    project: `shop-${Math.floor(i / 20)}`,
    controller: 'prod-eu-1',
  }))
}
