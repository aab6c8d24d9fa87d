// A fake relay: enough of docs/protocol.md, sections 3 and 4, to try the page without an engine.
//   node dev/fake-relay.mjs [port]      then POST /dev/NAME to make something happen (see `scenes` below)
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { WebSocketServer } from 'ws'
import { web } from '../build/paths.mjs'
import { detailsOf } from './details.mjs'
import { historyOf, recentOf, statsOf } from './load.mjs'
import { backlog, line } from './logs.mjs'
import { recordOf } from './record.mjs'
import { fakeHosts } from './hosts.mjs'
import { history, many, stack } from './stack.mjs'

const CSP =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; worker-src 'self'; frame-ancestors 'none'"
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const CONTROLLER = 'prod-eu-1'
const FEATURES = ['stats', 'stats_history', 'details', 'download']

export function startFakeRelay(port = 0) {
  let containers = stack(Date.now())
  let controllers = [
    {
      controller: CONTROLLER,
      state: 'connected',
      since: now(),
      attempt: 0,
      retry_in_ms: null,
      features: FEATURES,
      labels: { region: 'eu', role: 'web' },
      link: { kind: 'local', roundTripMillis: 0, clockOffsetMillis: 0, clockErrorMillis: 0 },
    },
  ]
  let revision = 1
  const hosts = fakeHosts(json, () => controllers)
  let rate = 4
  const clients = new Set()

  const http = createServer((request, response) => {
    const url = new URL(request.url, 'http://fake')
    if (request.method === 'POST' && url.pathname.startsWith('/dev/')) return scene(url, response)
    const action = /^\/api\/container\/([^/]+)\/(start|stop|restart|kill)$/.exec(url.pathname)
    if (request.method === 'POST' && action) return act(decodeURIComponent(action[1]), action[2], response)
    if (url.pathname.startsWith('/api/hosts')) return hosts.answer(request, url, response)
    if (url.pathname.startsWith('/api/enrolments')) return hosts.enrolments(request, url, response)
    if (url.pathname === '/api/session') return json(response, 200, { ok: true })
    if (url.pathname === '/api/changes')
      return json(response, 200, { changes: history(containers, Date.now()) })
    const details = /^\/api\/container\/([^/]+)\/details$/.exec(url.pathname)
    if (details) return describe(decodeURIComponent(details[1]), response)
    if (url.pathname === '/api/record')
      return json(response, 200, recordOf(CONTROLLER, Date.now(), url.searchParams))
    if (url.pathname === '/api/stats/history') return json(response, 200, recent())
    const past = /^\/api\/container\/([^/]+)\/stats\/history$/.exec(url.pathname)
    if (past) return loadOf(decodeURIComponent(past[1]), url.searchParams, response)
    serve(url.pathname, response)
  })
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) => {
    const client = { socket, subs: new Map(), watched: new Set() }
    clients.add(client)
    socket.on('close', () => clients.delete(client))
    socket.on('message', (data) => receive(client, JSON.parse(data)))
    send(client, whole())
  })
  const heartbeat = setInterval(() => all({ type: 'heartbeat', timestamp: now(), build: 'fake' }), 10_000)
  const writer = setInterval(writeLines, 100)
  const sampler = setInterval(sample, 1000)

  function whole() {
    return { type: 'container_update', timestamp: now(), containers, controllers, revision }
  }

  function receive(client, message) {
    const { type, sub } = message
    if (type === 'hello') send(client, whole())
    else if (type === 'ping') send(client, { type: 'pong', id: message.id, timestamp: now() })
    else if (type === 'subscribe_logs') subscribe(client, message)
    else if (type === 'unsubscribe_logs') client.subs.delete(sub)
    else if (type === 'subscribe_stats') client.watched = new Set(message.containers ?? [])
  }

  function sample() {
    const at = Date.now()
    for (const client of clients) {
      if (client.watched.size === 0) continue
      for (const { controller } of controllers) {
        const watched = containers.filter(
          (one) => one.controller === controller && client.watched.has(`${controller}/${one.name}`),
        )
        if (watched.length > 0) send(client, statsOf(controller, watched, at))
      }
    }
  }

  function recent() {
    const of = (controller) => containers.filter((one) => one.controller === controller)
    const kept = ({ controller }) => recentOf(controller, of(controller), Date.now())
    return { controllers: controllers.map(kept) }
  }

  function loadOf(name, query, response) {
    const known = containers.find((one) => one.name === name)
    if (!known) return json(response, 404, { error: `There is no container ${name}.` })
    const since = Date.parse(query.get('since'))
    const step = Number(query.get('step'))
    json(response, 200, historyOf(known.controller, known, since, step, Date.now()))
  }

  function describe(name, response) {
    const known = containers.find((one) => one.name === name)
    if (!known?.created) return json(response, 404, { error: `There is no container ${name}.` })
    json(response, 200, detailsOf(known, Date.now()))
  }

  function subscribe(client, { container, sub, lines }) {
    const name = container.split('/').pop()
    const controller = container.includes('/') ? container.split('/')[0] : CONTROLLER
    const known = containers.find((one) => one.name === name && one.controller === controller)
    if (!known) {
      return send(client, {
        type: 'error',
        code: 'no_such_container',
        message: `There is no container ${name}.`,
        container,
        request: 'subscribe_logs',
        sub,
      })
    }
    const silent = ['quiet', 'never-started', 'no-log', 'db-backup'].includes(name)
    client.subs.set(sub, { name, controller, silent, next: 0 })
    const logs = silent ? [] : backlog(Math.min(lines, 400), Date.now() + ahead(controller))
    const at = { container: name, controller, sub }
    send(client, { type: 'log_snapshot', ...at, ...linesOf(logs), more_before: !silent })
    if (name === 'no-log')
      send(client, {
        type: 'log_state',
        ...at,
        state: 'unreadable',
        at: null,
        message: 'configured logging driver does not support reading',
      })
    if (name === 'db-backup')
      send(client, { type: 'log_state', ...at, state: 'waiting', at: now(), message: null })
  }

  function linesOf(logs) {
    return {
      logs: logs.map((one) => one.wire),
      streams: logs.map((one) => one.stream).join(''),
      lastLogTimestamp: logs.length ? logs.at(-1).wire.split(' ')[0] : null,
      cursor: 'fake',
    }
  }

  /** By how many ms the clock of a host is ahead. */
  function ahead(controller) {
    return controllers.find((one) => one.controller === controller)?.link?.clockOffsetMillis ?? 0
  }

  function writeLines() {
    for (const client of clients) {
      for (const [sub, { name, controller, silent }] of client.subs) {
        if (silent) continue
        const many = Math.floor(rate / 10) + (Math.random() < (rate / 10) % 1 ? 1 : 0)
        const logs = Array.from({ length: many }, () =>
          line(Math.floor(Math.random() * 9), Date.now() + ahead(controller)),
        )
        if (logs.length)
          send(client, { type: 'new_logs', container: name, controller, sub, ...linesOf(logs) })
      }
    }
  }

  function change(name, fields) {
    const i = containers.findIndex((one) => one.name === name)
    containers = containers.with(i, { ...containers[i], ...fields })
    revision++
    all({
      type: 'containers_changed',
      timestamp: now(),
      revision,
      containers: [containers[i]],
      removed: [],
      changes: [],
    })
  }

  /** 500 containers that change continuously: `?each=50` is one change every 50 ms. */
  let changer
  function crowd(url) {
    containers = many(Number(url.searchParams.get('count') ?? 500), Date.now())
    revision++
    all(whole())
    const each = Number(url.searchParams.get('each') ?? 0)
    if (each === 0) return
    let at = 0
    changer = setInterval(() => {
      const one = containers[(at++ * 7) % containers.length]
      const up = !one.running
      change(one.name, {
        status: up ? 'running' : 'exited',
        running: up,
        health: up ? 'healthy' : null,
        exit_code: up ? null : at % 3,
        [up ? 'started_at' : 'finished_at']: now(),
      })
    }, each)
  }

  function act(name, action, response) {
    const told = (state, message = null) =>
      all({
        type: 'action',
        id: 'a1',
        controller: CONTROLLER,
        container: name,
        action,
        state,
        at: now(),
        message,
        by: null,
      })
    if (!containers.some((one) => one.name === name))
      return json(response, 404, { error: `There is no container ${name}.` })
    json(response, 202, { status: `${action}ing`, container: name, message: 'accepted' })
    told('accepted')
    setTimeout(() => {
      if (name === 'migrate')
        return told('failed', 'driver failed programming external connectivity: port 8080 is already in use')
      const up = action !== 'stop' && action !== 'kill'
      change(name, {
        status: up ? 'running' : 'exited',
        running: up,
        health: null,
        exit_code: up ? null : 143,
        status_detail: up ? 'Up Less than a second' : 'Exited (143) Less than a second ago',
        actions: up
          ? { start: 'It is running.', stop: null, restart: null }
          : { start: null, stop: 'It is not running.', restart: null },
      })
      told('done')
    }, 1200)
  }

  const away = (reason) =>
    containers.map((one) => ({
      ...one,
      status: 'unknown',
      running: false,
      health: null,
      last_status: one.status,
      last_health: one.health,
      as_of: now(),
      actions: { start: reason, stop: reason, restart: reason },
    }))

  const scenes = {
    'engine-away': () => {
      containers = away('The container engine does not answer.')
      all({
        type: 'engine_status',
        controller: CONTROLLER,
        available: false,
        since: now(),
        message: 'connection refused: /var/run/docker.sock',
      })
      revision++
      all(whole())
    },
    'controller-away': () => {
      containers = away('The controller is away.')
      controllers = [{ ...controllers[0], state: 'waiting', since: now(), attempt: 3, retry_in_ms: 8000 }]
      all({ type: 'controller_status', ...controllers[0] })
      revision++
      all(whole())
    },
    crowd,
    hosts: () => {
      controllers = [...controllers, ...hosts.more(FEATURES)]
      containers = hosts.containers(containers)
      revision++
      all(whole())
    },
    enrolled: () => {
      const link = hosts.enrolled(FEATURES)
      controllers = [...controllers, link]
      all({ type: 'controller_status', ...link })
    },
    two: () => {
      controllers = [...controllers, { ...controllers[0], controller: 'staging-1' }]
      containers = [
        ...containers,
        ...containers
          .slice(0, 3)
          .map((one) => ({ ...one, controller: 'staging-1', id: `f${one.id.slice(1)}` })),
      ]
      revision++
      all(whole())
    },
    drop: () => clients.forEach((client) => client.socket.terminate()),
    gap: () =>
      subs((client, sub, name) =>
        send(client, {
          type: 'log_gap',
          container: name,
          controller: CONTROLLER,
          sub,
          reason: 'slow_client',
          from: 'a',
          to: 'b',
          count: 3412,
        }),
      ),
    stopped: () =>
      subs((client, sub, name) =>
        send(client, {
          type: 'log_state',
          container: name,
          controller: CONTROLLER,
          sub,
          state: 'stopped',
          at: now(),
          message: null,
        }),
      ),
    rate: (url) => (rate = Number(url.searchParams.get('lines'))),
  }

  function subs(each) {
    for (const client of clients) for (const [sub, { name }] of client.subs) each(client, sub, name)
  }

  function scene(url, response) {
    const make = scenes[url.pathname.slice('/dev/'.length)]
    if (!make) return json(response, 404, { error: Object.keys(scenes).join(', ') })
    make(url)
    json(response, 200, {})
  }

  function all(message) {
    for (const client of clients) send(client, message)
  }

  return new Promise((ready) => {
    http.listen(port, '127.0.0.1', () =>
      ready({
        url: `http://127.0.0.1:${http.address().port}/`,
        close() {
          clearInterval(heartbeat)
          clearInterval(writer)
          clearInterval(sampler)
          clearInterval(changer)
          clients.forEach((client) => client.socket.terminate())
          http.close()
        },
      }),
    )
  })
}

function serve(path, response) {
  const file = join(web, 'dist', normalize(path))
  const place = !/^\/(api|assets)\//.test(path) && extname(path) === ''
  if (place || path === '/index.html') return page(response)
  if (!file.startsWith(join(web, 'dist')) || !existsSync(file))
    return json(response, 404, { error: 'not here' })
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'text/plain',
    'content-security-policy': CSP,
  })
  createReadStream(file).pipe(response)
}

/** The page for each of its paths, with its root as base address, as the relay serves it. */
function page(response) {
  const html = readFileSync(join(web, 'dist/index.html'), 'utf8').replace('<head>', '<head><base href="/">')
  response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': CSP })
  response.end(html)
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function send(client, message) {
  client.socket.send(JSON.stringify(message))
}

function now() {
  return new Date().toISOString()
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await startFakeRelay(Number(process.argv[2] ?? 3000))
  console.log(`pretending to be a relay at ${url}`)
}
