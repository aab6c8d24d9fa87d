// The fake relay's record.
const WHO = ['ada', 'bob', '10.0.0.7']
const NAMES = ['multiplexer', 'nginx-proxy', 'chat-bridge']
const EVENT = { start: 'started', stop: 'stopped', restart: 'restarted', kill: 'died' }

/** Entries, newest first, as `GET /api/record` answers with them. */
export function recordOf(controller, now, query) {
  const entries = Array.from({ length: 40 }, (_, i) => entry(controller, now, i)).filter(
    ({ who, container, outcome }) =>
      who.includes(query.get('who') ?? '') &&
      (container?.name ?? '').includes(query.get('container') ?? '') &&
      (query.get('outcome') ?? outcome) === outcome,
  )
  return { kept: true, unreadable: 0, entries }
}

function entry(controller, now, i) {
  const time = new Date(now - i * 400_000).toISOString()
  const who = WHO[i % 3]
  const common = { seq: 400 - i, time, who, address: '10.0.0.7', prev: '', hash: '' }
  if (i % 7 === 3) {
    const reason =
      "Host evil.example is not a name of this program. A proxy must pass the browser's Host (nginx: proxy_set_header Host $http_host). To allow this name, add it to allowedHosts (RELAY_ALLOWED_HOSTS)."
    return { ...common, who: '10.0.0.7', what: 'access', outcome: 'refused', reason, count: 130 }
  }
  const what = Object.keys(EVENT)[i % 4]
  const name = NAMES[i % 3]
  const failed = i % 9 === 4
  return {
    ...common,
    what,
    container: { controller, name, id: '0123456789ab' },
    outcome: failed ? 'failed' : 'done',
    ...(failed ? { reason: 'the engine refused it: /no/such/program: no such file' } : {}),
    request: 1,
    duration_ms: 350 + i * 700,
    events: failed ? [] : [{ at: time, event: EVENT[what], status: 'running', exit_code: null }],
  }
}
