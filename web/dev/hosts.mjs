// Hosts of the fake relay, and what it answers about them.

const at = (ms) => new Date(Date.now() + ms).toISOString()
const HOUR = 3_600_000
const TOKEN = 'enrol_4fzyo82mbq1x7c0d5kp9_e3vnw6trh8jsg2la'

/** @param controllers the links that pages know */
export function fakeHosts(json, controllers) {
  let added = [
    { name: 'edge-us-1', source: 'page', url: 'wss://edge-us-1.example:8090', controller: 'edge-us-1' },
  ]
  let enrolments = [
    {
      id: 'e1',
      name: 'cellar',
      controller: 'cellar',
      created: at(-72 * HOUR),
      keyCreated: at(-72 * HOUR),
      lastContact: at(-2000),
    },
    { id: 'e2', name: 'attic', created: at(-600_000), expires: at(3_000_000) },
  ]
  let last = null

  function list() {
    return [
      { name: 'prod-eu-1', source: 'settings', controller: 'prod-eu-1', state: 'connected' },
      {
        name: 'edge-us-2',
        source: 'file',
        url: 'wss://edge-us-2.example:8090',
        controller: 'edge-us-2',
        state: 'waiting',
        lastContact: at(-5 * HOUR),
      },
      { name: 'cellar', source: 'enrolled', controller: 'cellar', state: 'connected' },
      {
        name: 'lab',
        source: 'page',
        url: 'ws://lab:8090',
        state: 'connecting',
        labels: { role: 'lab' },
        problem: 'connection refused: lab:8090',
      },
      ...added,
    ]
  }

  const kept = (path, all, by) =>
    all.filter((one) => one[by] !== decodeURIComponent(path.split('/')[3] ?? ''))

  return {
    answer(request, { pathname }, response) {
      if (request.method === 'GET') return json(response, 200, { hosts: list() })
      if (request.method === 'DELETE') added = kept(pathname, added, 'name')
      return json(response, 200, {})
    },
    enrolments(request, { pathname }, response) {
      if (request.method === 'GET') return json(response, 200, { enrolments })
      if (request.method === 'DELETE') {
        enrolments = kept(pathname, enrolments, 'id')
        return json(response, 200, {})
      }
      last = { id: `e${enrolments.length + 1}`, created: at(0), expires: at(HOUR) }
      enrolments = [...enrolments, last]
      const relay = 'wss://relay.example'
      json(response, 201, {
        ...last,
        token: TOKEN,
        lines: {
          run: `./run controller --relay ${relay} --enrol ${TOKEN}`,
          docker: `docker run -d --restart unless-stopped -v /var/run/docker.sock:/var/run/docker.sock -v dockrelay:/data -e RELAY_URL=${relay} -e RELAY_ENROL=${TOKEN} dockrelay controller`,
          compose: `services:\n  controller:\n    image: dockrelay\n    command: controller\n    environment:\n      RELAY_URL: ${relay}\n      RELAY_ENROL: ${TOKEN}\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n`,
        },
      })
    },
    /** The host of the last enrolment connects. */
    enrolled(features) {
      Object.assign(last, { controller: 'garage', keyCreated: at(0), lastContact: at(0) })
      return link('garage', features, {}, { kind: 'dialled' })
    },
    /** Further links; one is away. */
    more(features) {
      const measured = (kind, roundTripMillis, clockOffsetMillis, clockErrorMillis) => ({
        kind,
        roundTripMillis,
        clockOffsetMillis,
        clockErrorMillis,
      })
      return [
        link('edge-us-1', features, { region: 'us', role: 'web' }, measured('uplink', 82.4, -3.1, 41.6)),
        {
          ...link('edge-us-2', features, { region: 'us', role: 'db' }, measured('uplink', 84, 12, 42)),
          state: 'waiting',
          since: at(-5 * HOUR),
          attempt: 42,
          retry_in_ms: 8000,
          message: 'no connection within 10 s',
        },
        link('cellar', features, {}, measured('dialled', 18.2, 5012.3, 9.4)),
      ].filter((one) => !controllers().some(({ controller }) => controller === one.controller))
    },
    containers(all) {
      const some = (controller, from, to, fields = {}) =>
        all.slice(from, to).map((one) => ({
          ...one,
          ...fields,
          controller,
          id: `${controller.slice(-3, -1)}${one.id.slice(2)}`,
        }))
      const away = {
        status: 'unknown',
        running: false,
        health: null,
        last_status: 'running',
        as_of: at(-5 * HOUR),
      }
      return [...all, ...some('edge-us-1', 0, 5), ...some('edge-us-2', 0, 2, away), ...some('cellar', 2, 5)]
    },
  }

  function link(controller, features, labels, measure) {
    return {
      controller,
      state: 'connected',
      since: at(-26 * HOUR),
      attempt: 0,
      retry_in_ms: null,
      features,
      labels,
      link: measure,
    }
  }
}
