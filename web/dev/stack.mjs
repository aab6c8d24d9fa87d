// The containers that the pretended relay shows: one of every state.
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
    project: 'relay',
    service: name,
    started_at: at(2 * HOUR),
    finished_at: null,
    exit_code: null,
    oom_killed: false,
    restart_count: 0,
    actions: { start: null, stop: null, restart: null },
    ...fields,
  }))
}
