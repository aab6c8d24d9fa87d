// What a flood of lines costs the page: headless Chromium with the real relay and engine.
//   PAGE=http://localhost:3000/ DOCKER_HOST=unix://… node e2e/browser/flood.mjs [SECONDS]
// Prints a table and, as its last line, the same as JSON. e2e/browser/measure starts everything it needs.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { launch, until } from './chromium.mjs'

const seconds = Number(process.argv[2] ?? 60)
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim()
const image = docker('images', '--format', '{{.Repository}}:{{.Tag}}').split('\n')[0]

/**
 * A container that writes `rate` lines per second in `steps` bursts per second, as programs do. It catches up in the
 * next second when it was too slow.
 */
function flood(name, rate, steps) {
  const each = rate / steps
  const script =
    `BEGIN { began = systime(); while (1) { late = (systime() - began) * ${rate} - n; ` +
    `for (i = 0; i < ${each} + (late > ${each} ? ${each} : late > 0 ? late : 0); i++) ` +
    `print "2025-11-25 INFO [worker-" n % 8 "] request " ++n " GET /api/v1/orders/8812 200 in 41 ms trace=9f2c1ab34d"; ` +
    `fflush(); system("usleep ${Math.round(1_000_000 / steps) - 2500}") } }`
  docker(
    'run',
    '--detach',
    '--name',
    name,
    '--network',
    'none',
    '--log-opt',
    'max-size=50m',
    '--log-opt',
    'max-file=2',
    image,
    'awk',
    script,
  )
}

/** Runs on the page: frames, long tasks, and how old the newest line is when it is painted. */
function watch() {
  const seen = { frames: 0, tasks: [], ages: [], began: performance.now() }
  globalThis.watched = seen
  new PerformanceObserver((list) =>
    list.getEntries().forEach((task) => seen.tasks.push(task.duration)),
  ).observe({
    type: 'longtask',
  })
  const midnight = new Date().setHours(0, 0, 0, 0)
  const ofDay = (text) => {
    const [, hours, minutes, secs, ms] = /(\d\d):(\d\d):(\d\d)\.(\d{3})/.exec(text) ?? []
    return ms === undefined
      ? null
      : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(secs)) * 1000 + Number(ms)
  }
  let last = ''
  const { port1, port2 } = new MessageChannel()
  // A message posted in a frame is handled when that frame has been painted.
  port1.onmessage = () => {
    const text = newest()?.querySelector('.time')?.textContent ?? ''
    const at = text === last ? null : ofDay(text)
    last = text
    if (at !== null) seen.ages.push(Date.now() - midnight - at)
  }
  /** Rows are reused in any order; the newest has the highest number. */
  const newest = () => {
    const rows = document.querySelector('[data-testid="log-pane"]')?.querySelectorAll('[data-n]') ?? []
    return [...rows].reduce(
      (found, row) => (Number(row.dataset.n) > Number(found?.dataset.n ?? -1) ? row : found),
      null,
    )
  }
  const frame = () => {
    seen.frames++
    port2.postMessage(0)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Memory of the largest renderer process, in MiB. */
function renderers(pid) {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], {
    encoding: 'utf8',
    maxBuffer: 8 << 20,
  }).split('\n')
  const rows = all.map((row) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(row)).filter(Boolean)
  const family = new Set([String(pid)])
  for (let grown = true; grown;) {
    const more = rows.filter((row) => family.has(row[2]) && !family.has(row[1]))
    more.forEach((row) => family.add(row[1]))
    grown = more.length > 0
  }
  const drawing = rows.filter((row) => family.has(row[1]) && row[4].includes('--type=renderer'))
  return Math.round(Math.max(0, ...drawing.map((row) => Number(row[3]))) / 1024)
}

const visitor = await launch()
const version = visitor.browser.version()
const table = []

async function scene(title, rate, panes, warm, seconds) {
  const names = Array.from({ length: panes }, (_, i) => `flood-${i}`)
  docker('rm', '--force', ...names)
  // Each step starts a process: with ten containers they must not use the whole machine.
  names.forEach((name) => flood(name, rate, panes > 1 ? 20 : 50))
  const query = names.map((name) => `p=edge-1/${name}`).join('&')
  const page = await visitor.open(`${process.env.PAGE}logs?${query}`, { colorScheme: 'dark' })
  const held = () => page.getByTestId('log').first().getAttribute('data-all').then(Number)
  await until('lines come', async () => (await held()) > 50, 60_000)
  if (warm > 0) await until(`${warm} lines are kept`, async () => (await held()) >= warm, 90_000)
  const pid = process.pid
  const memory = [renderers(pid)]
  await page.evaluate(watch)
  const wrote = () => docker('logs', '--tail', '1', names[0])
  const number = (text) => Number(/request (\d+)/.exec(text)?.[1])
  const start = [number(wrote()), Date.now()]
  for (let i = 1; i <= 3; i++) {
    await new Promise((done) => setTimeout(done, (seconds * 1000) / 3))
    memory.push(renderers(pid))
  }
  const seen = await page.evaluate(() => ({
    ...globalThis.watched,
    took: performance.now() - globalThis.watched.began,
  }))
  const real = ((number(wrote()) - start[0]) / (Date.now() - start[1])) * 1000
  const heap = await page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 2 ** 20))
  const ages = seen.ages.sort((a, b) => a - b)
  const of = (share) => ages[Math.min(ages.length - 1, Math.floor(ages.length * share))]
  const following = await page.getByTestId('log').first().getAttribute('data-following')
  table.push({
    scene: title,
    'lines/s a pane': Math.round(real),
    'frames/s': Math.round((seen.frames / seen.took) * 1000),
    'longest task ms': Math.round(Math.max(0, ...seen.tasks)),
    'tasks over 100 ms': seen.tasks.filter((ms) => ms > 100).length,
    'age at paint ms p50': of(0.5),
    p95: of(0.95),
    max: of(1),
    'lines kept': await held(),
    'page heap MiB': heap,
    'renderer MiB': memory.join(' → '),
    following,
  })
  await page.context().close()
  docker('rm', '--force', ...names)
}

try {
  await scene('one pane, 10,000 lines/s', 10_000, 1, 100_000, seconds)
  await scene('one pane, 100 lines/s', 100, 1, 0, seconds / 3)
  await scene('ten panes, 200 lines/s each', 200, 10, 0, seconds / 3)
  const columns = Object.keys(table[0])
  console.log(
    `Chromium ${version}, ${seconds} s the first scene, ${Math.round(seconds / 3)} s the others, ${readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm).length} cores`,
  )
  console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}`)
  for (const row of table) console.log(`| ${Object.values(row).join(' | ')} |`)
  console.log(JSON.stringify(table))
} finally {
  await visitor.close()
  docker('rm', '--force', ...Array.from({ length: 10 }, (_, i) => `flood-${i}`))
}
