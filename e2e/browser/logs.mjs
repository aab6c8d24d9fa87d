// The logs as a person reads them, in a real browser, with a real engine and the sample stack.
//   PAGE=http://localhost:3000/ DOCKER_HOST=unix://… PICTURES=folder node e2e/browser/logs.mjs
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { launch, picture, step, until } from './chromium.mjs'
import { cuttable } from './cut.mjs'

const docker = (...args) =>
  execFileSync('docker', args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  }).trim()
const image = docker('inspect', '--format', '{{.Config.Image}}', 'latestrelayer-nginx-proxy')

/** A container that writes numbered lines on request. */
function counter(name) {
  docker('rm', '--force', name)
  docker(
    'run',
    '--detach',
    '--name',
    name,
    '--network',
    'none',
    image,
    'sh',
    '-c',
    'trap exit TERM; while :; do sleep 0.2; done',
  )
  let last = 0
  return {
    name,
    get last() {
      return last
    },
    write(count, words = 'line') {
      docker('exec', name, 'sh', '-c', `seq ${last + 1} ${last + count} | sed 's/^/${words} /' >/proc/1/fd/1`)
      last += count
    },
  }
}

const line = await cuttable(process.env.PAGE)
const visitor = await launch()
const count = counter('counter')

const row = (page, name) => page.locator(`[data-testid="container-row"][data-container="${name}"]`)
const pane = (page, name) => page.locator(`[data-testid="log-pane"][data-container="${name}"]`)
const log = (page, name) => pane(page, name).getByTestId('log')
const shows = (page, name, text) =>
  pane(page, name).getByTestId('log-text').filter({ hasText: text }).first().waitFor()
const exactly = (text) => new RegExp(`^${text}$`)
const following = async (page, name) => (await log(page, name).getAttribute('data-following')) === 'true'

/** The numbers of all lines of a pane, from its download. */
async function numbers(page, name) {
  await pane(page, name).getByTestId('log-download').click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-text').click()])
  const text = readFileSync(await file.path(), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((one) => Number(/ line (\d+)$/.exec(one)?.[1]))
}

function consecutive(found, what) {
  found.forEach((number, i) => {
    if (number !== found[0] + i) throw new Error(`${what}: ${found[i - 1]} is followed by ${number}`)
  })
}

/** Checks the logs only; the list has a journey of its own. */
async function accessible(page, what) {
  await visitor.checkAccess(page, what, '[data-scope="logs"]')
}

async function openLog(page, name) {
  await row(page, name).getByTestId('open-log').click()
  await pane(page, name).waitFor()
}

try {
  const page = await visitor.open(line.url, {
    colorScheme: 'dark',
    mayFail: /WebSocket connection|ERR_|Failed to load/,
  })

  await step('an open log shows new lines', async () => {
    count.write(20)
    await openLog(page, 'counter')
    await shows(page, 'counter', exactly('line 20'))
    count.write(1)
    await shows(page, 'counter', exactly('line 21'))
    await accessible(page, 'the dock')
  })

  await step('after an outage the log resumes at exactly the next line', async () => {
    line.cut()
    await page.locator('[data-testid="connection"]:not([data-phase="live"])').waitFor()
    count.write(40)
    await page.locator('[data-banner="relay"]').waitFor()
    await picture(page, 'logs-offline')
    line.join()
    await shows(page, 'counter', exactly('line 61'))
    const found = await numbers(page, 'counter')
    consecutive(found, 'after the outage')
    if (found.length !== 61) throw new Error(`${found.length} lines of 61`)
  })

  await step('a paused log does not move during an outage', async () => {
    count.write(200)
    await shows(page, 'counter', exactly('line 261'))
    await log(page, 'counter').hover()
    await page.mouse.wheel(0, -1200)
    await until('it is paused', async () => !(await following(page, 'counter')))
    const before = await visible(page, 'counter')
    line.cut()
    count.write(30)
    line.join()
    await pane(page, 'counter').getByTestId('log-new-lines').filter({ hasText: '30 new lines' }).waitFor()
    const after = await visible(page, 'counter')
    if (before !== after) throw new Error(`the page moved from ${before} to ${after}`)
    await pane(page, 'counter').getByTestId('log-new-lines').click()
    await shows(page, 'counter', exactly('line 291'))
  })

  await step('too many missed lines become a gap that can be loaded', async () => {
    line.cut()
    count.write(24_000)
    line.join()
    await shows(page, 'counter', exactly(`line ${count.last}`))
    if (Number(await log(page, 'counter').getAttribute('data-all')) < count.last) await fillGaps(page)
    const found = await numbers(page, 'counter')
    consecutive(found, 'after the gap was filled')
    if (found.at(-1) !== count.last) throw new Error(`it ends with ${found.at(-1)}`)
  })

  await step('older lines load on scrolling up', async () => {
    const other = await visitor.open(line.url, { colorScheme: 'dark' })
    await openLog(other, 'counter')
    await shows(other, 'counter', exactly(`line ${count.last}`))
    await log(other, 'counter').hover()
    await until('the first thousands are there', async () => {
      await other.mouse.wheel(0, -1_000_000)
      return Number(await log(other, 'counter').getAttribute('data-lines')) > 3000
    })
    consecutive(await numbers(other, 'counter'), 'older lines')
    await other.context().close()
  })

  await step('the oldest line, a hit that is not loaded, and the present are one step away', async () => {
    const far = await visitor.open(line.url, { colorScheme: 'dark' })
    await openLog(far, 'counter')
    await shows(far, 'counter', exactly(`line ${count.last}`))
    await log(far, 'counter').press('Home')
    await shows(far, 'counter', exactly('line 1'))
    await log(far, 'counter').press('G')
    await shows(far, 'counter', exactly(`line ${count.last}`))
    await log(far, 'counter').press('W')
    await far.getByTestId('log-sought').filter({ hasText: 'No warning in this log' }).waitFor()
    await accessible(far, 'what a search came to')
    await log(far, 'counter').press('Escape')
    await far.getByTestId('log-sought').waitFor({ state: 'detached' })
    await log(far, 'counter').press('G')
    await shows(far, 'counter', exactly(`line ${count.last}`))
    const search = pane(far, 'counter').getByTestId('log-search')
    const hits = pane(far, 'counter').getByTestId('log-hits')
    await search.fill('/^line [78]7$/')
    await hits.filter({ hasText: '2 in all, 0 loaded' }).waitFor()
    await search.press('Enter')
    await hits.filter({ hasText: 'of 2' }).waitFor()
    await shows(far, 'counter', exactly('line 77'))
    await log(far, 'counter').press('G')
    await shows(far, 'counter', exactly(`line ${count.last}`))
    await search.fill('/^line 42$/')
    await pane(far, 'counter').getByTestId('log-only').click()
    await pane(far, 'counter').getByTestId('log-search-older').click()
    await shows(far, 'counter', exactly('line 42'))
    await far.context().close()
  })

  await step('search hits are counted, marked and found in turn, or shown alone', async () => {
    count.write(3, 'needle in the hay, line')
    await pane(page, 'counter').getByTestId('log-search').fill('needle -haystack /line \\d+$/')
    await pane(page, 'counter').getByTestId('log-hits').filter({ hasText: /^3$/ }).waitFor()
    await pane(page, 'counter').getByTestId('log-search').press('Enter')
    await pane(page, 'counter').getByTestId('log-hits').filter({ hasText: 'of 3' }).waitFor()
    await accessible(page, 'the search')
    await picture(page, 'logs-search')
    await pane(page, 'counter').getByTestId('log-only').click()
    await until(
      'only the hits are shown',
      async () => (await log(page, 'counter').getAttribute('data-lines')) === '3',
    )
    await pane(page, 'counter').getByTestId('log-search').fill('/nothing like it/')
    await pane(page, 'counter').getByTestId('log-empty').filter({ hasText: 'The filter hides all' }).waitFor()
    await accessible(page, 'a log that the filter hides')
    await pane(page, 'counter').getByTestId('log-show-all').click()
    await until(
      'all is shown',
      async () => Number(await log(page, 'counter').getAttribute('data-lines')) > 20_000,
    )
  })

  await step('a pattern that hangs the worker is disabled, and the log continues', async () => {
    count.write(1, `${'a'.repeat(34)}!`)
    await pane(page, 'counter').getByTestId('log-search').fill('/(a+)+$/')
    await pane(page, 'counter').getByTestId('log-search-problem').filter({ hasText: 'too long' }).waitFor()
    count.write(1)
    await shows(page, 'counter', exactly(`line ${count.last}`))
    await pane(page, 'counter').getByTestId('log-search').fill('')
  })

  await step('a link to a line opens there, paused, and leads back to the live log', async () => {
    await page
      .getByTestId('log-line')
      .filter({ hasText: exactly(`.*line ${count.last}`) })
      .first()
      .click()
    await page
      .getByTestId('log-inspector')
      .filter({ hasText: `line ${count.last}` })
      .waitFor()
    if (!(await following(page, 'counter'))) throw new Error('a click pauses the log')
    await accessible(page, 'the details of a line')
    await log(page, 'counter').press('y')
    await pane(page, 'counter').getByTestId('log-said').filter({ hasText: 'Copied the link' }).waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const number = count.last
    count.write(2000)
    const other = await visitor.open(link, { colorScheme: 'light' })
    await other
      .locator('.marked')
      .filter({ hasText: `line ${number}` })
      .waitFor({ timeout: 60_000 }) // The new page loads while 2,000 lines arrive.
    if (await following(other, 'counter')) throw new Error('it follows')
    await accessible(other, 'the page of logs')
    await picture(other, 'logs-link-light')
    await other.getByTestId('log-new-lines').filter({ hasText: 'Back to live' }).click()
    await shows(other, 'counter', exactly(`line ${count.last}`))
    await other.context().close()
  })

  await step('a time range is shown alone, and picked in a calendar', async () => {
    await log(page, 'counter').press('R')
    await page.getByTestId('log-range-from-picker').fill('2020-01-01T00:00:00')
    await page.getByTestId('log-range-until-picker').fill('2020-01-02T00:00:00')
    await accessible(page, 'the form for a time range')
    await picture(page, 'logs-range')
    await page.getByTestId('log-range-show').click()
    await pane(page, 'counter').getByTestId('log-empty').filter({ hasText: 'The filter hides all' }).waitFor()
    await page.getByTestId('log-range').getByRole('button').click()
    await log(page, 'counter').press('G')
    await shows(page, 'counter', exactly(`line ${count.last}`))
  })

  await step('text is selected by dragging, which opens nothing', async () => {
    await page.getByTestId('log-inspector-close').click()
    const box = await page.getByTestId('log-line').last().getByTestId('log-text').boundingBox()
    await page.mouse.move(box.x + 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 50, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await until(
      'text is selected',
      async () => (await page.evaluate(() => String(getSelection()))).length > 2,
    )
    if ((await page.getByTestId('log-inspector').count()) > 0) throw new Error('the details of a line opened')
    await page.evaluate(() => getSelection().removeAllRanges())
    await until('the log goes on', () => following(page, 'counter'))
  })

  await step('two panes keep up under load, and the page stays responsive', async () => {
    for (const name of ['flood-a', 'flood-b']) flood(name, 2000)
    await row(page, 'flood-a').waitFor()
    await page.goto(`${line.url}logs?p=edge-1/flood-a&p=edge-1/flood-b`)
    for (const name of ['flood-a', 'flood-b']) await log(page, name).waitFor()
    const seen = async (name) =>
      Number(/(\d+)$/.exec(await log(page, name).getByTestId('log-text').last().textContent())?.[1])
    for (const name of ['flood-a', 'flood-b']) {
      await until(`${name} has begun`, async () => (await seen(name)) > 0)
      const first = await seen(name)
      await until(`${name} goes on`, async () => (await seen(name)) > first + 4000)
    }
    const asked = Date.now()
    await log(page, 'flood-a').press('Space')
    await pane(page, 'flood-a').getByTestId('log-follow').filter({ hasText: 'Paused' }).waitFor()
    const took = Date.now() - asked
    if (took > 2000) throw new Error(`it took ${took} ms to pause`)
    await log(page, 'flood-b').press('m')
    await log(page, 'flood-b').press('Space')
    await accessible(page, 'two panes')
    await picture(page, 'logs-two-panes')
    for (const name of ['flood-a', 'flood-b']) docker('rm', '--force', name)
  })

  await step('the logs of a project are merged by time', async () => {
    const merged = await visitor.open(`${line.url}logs?p=project:latestrelayer`, {
      colorScheme: 'dark',
      script: watchOrder,
    })
    await until(
      'many of them write into it',
      async () => (await merged.locator('.name').allTextContents()).filter(unique).length > 3,
    )
    await accessible(merged, 'merged logs')
    await picture(merged, 'logs-merged')
    const { frames, misplaced } = await merged.evaluate(() => globalThis.order)
    if (frames === 0) throw new Error('no frame was looked at')
    if (misplaced) throw new Error(`not in the order of time: ${misplaced}`)
    await merged.context().close()
  })

  await step('everything works by keyboard alone', async () => {
    const keys = await visitor.open(line.url, { colorScheme: 'dark' })
    await row(keys, 'counter').getByTestId('open-log').focus()
    await keys.keyboard.press('Enter')
    await shows(keys, 'counter', exactly(`line ${count.last}`))
    await tabTo(keys, '[data-testid="log"]')
    await keys.keyboard.press('Space')
    await pane(keys, 'counter').getByTestId('log-follow').filter({ hasText: 'Paused' }).waitFor()
    await keys.keyboard.press('k')
    await keys.locator('.marked').waitFor()
    await keys.keyboard.press('i')
    await keys.getByTestId('log-inspector').waitFor()
    await accessible(keys, 'the line inspector')
    await keys.keyboard.press('Escape')
    await keys.getByTestId('log-inspector').waitFor({ state: 'detached' })
    await keys.keyboard.press('c')
    await pane(keys, 'counter').getByTestId('log-said').filter({ hasText: 'Copied 1 line' }).waitFor()
    if (!/^line \d+\n$/.test(await keys.evaluate(() => navigator.clipboard.readText())))
      throw new Error('another text was copied')
    await keys.keyboard.press('T')
    await until('times are in UTC', async () =>
      (await pane(keys, 'counter').getByTestId('log-timestamps').getAttribute('aria-label')).includes('UTC'),
    )
    await keys.keyboard.press('z')
    await keys.locator('.scroller.wrap').waitFor()
    await keys.keyboard.press('/')
    await keys.keyboard.type('line 2')
    await keys.keyboard.press('Enter')
    await pane(keys, 'counter').getByTestId('log-hits').filter({ hasText: ' of ' }).waitFor()
    await keys.getByTestId('log-searching').waitFor({ state: 'detached' })
    await keys.keyboard.press('Escape')
    await keys.keyboard.press('Escape')
    await until('the focus is in the log', () =>
      keys.evaluate(() => document.activeElement?.getAttribute('role') === 'log'),
    )
    await keys.keyboard.press('G')
    await until('it follows', () => following(keys, 'counter'))
    await keys.keyboard.press('f')
    await keys.getByTestId('logs-page').waitFor()
    await keys.keyboard.press('Escape')
    await keys.getByTestId('log-dock').waitFor()
    await keys.context().close()
  })

  await step('an empty log says why', async () => {
    await page.goto(`${line.url}logs?p=edge-1/archive-uploader`)
    await page.getByTestId('log-empty').filter({ hasText: 'never started' }).waitFor()
    await page.goto(`${line.url}logs?p=edge-1/not-there-yet`)
    await page.getByTestId('log-empty').filter({ hasText: 'does not exist yet' }).waitFor()
    docker(
      'run',
      '--detach',
      '--name',
      'silent',
      '--network',
      'none',
      '--log-driver',
      'none',
      image,
      'sleep',
      '300',
    )
    await page.goto(`${line.url}logs?p=edge-1/silent`)
    await page.getByTestId('log-empty').filter({ hasText: 'cannot be read' }).waitFor()
    docker('rm', '--force', 'silent')
  })

  await step('state changes of a container stand between its lines', async () => {
    await page.goto(`${line.url}logs?p=edge-1/chat-bridge`)
    await page.getByTestId('log-line').first().waitFor()
    docker('restart', '--time', '1', 'latestrelayer-chat-bridge')
    await page.getByTestId('log-state').first().waitFor()
    await picture(page, 'logs-restarted')
  })

  await step('rows stay where they are while a search is typed, however narrow the pane is', async () => {
    const narrow = await visitor.open(`${line.url}logs?p=project:latestrelayer`)
    await narrow.getByTestId('log-line').first().waitFor()
    for (const width of [1100, 960, 840, 730]) {
      await narrow.setViewportSize({ width, height: 700 })
      const rows = narrow.getByTestId('log')
      const last = narrow.locator('.bar:has([data-testid=log-more]) > :last-child')
      const before = (await rows.boundingBox()).y
      await narrow.getByTestId('log-search').fill('e')
      await narrow.getByTestId('log-hits').waitFor()
      const after = (await rows.boundingBox()).y
      if (after !== before) throw new Error(`the rows move by ${after - before} px at ${width} px`)
      const { x, width: wide } = await last.boundingBox()
      if (x + wide > width) throw new Error(`the last tool is outside at ${width} px`)
      await narrow.getByTestId('log-search').fill('')
    }
    await narrow.context().close()
  })

  await step('logs work on a phone', async () => {
    const phone = await visitor.open(line.url, {
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    await row(phone, 'chat-bridge').getByTestId('open-details').click()
    await phone.getByTestId('log-line').first().waitFor()
    await accessible(phone, 'the log on a phone')
    await picture(phone, 'logs-phone')
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) throw new Error(`the page is ${overflow} px wider than a phone`)
    const top = async (control) =>
      Math.round((await phone.locator(`[data-testid="${control}"]`).boundingBox()).y)
    await phone.setViewportSize({ width: 360, height: 800 })
    const [search, more] = await Promise.all(['log-search', 'log-more'].map(top))
    if (Math.abs(search - more) > 20) throw new Error(`the tools of a log are on two lines: ${search}, ${more}`)
    await phone.goto(`${line.url}logs?p=project:latestrelayer`)
    await phone.setViewportSize({ width: 390, height: 844 })
    await phone.getByTestId('log-line').first().waitFor()
    const tops = await Promise.all(
      ['log-members', 'log-follow', 'log-time', 'log-download', 'log-more', 'log-close'].map(top),
    )
    if (Math.max(...tops) - Math.min(...tops) > 20)
      throw new Error(`the controls of a merged log are on several lines: ${tops}`)
  })

  visitor.expectClean()
} finally {
  await visitor.close()
  line.close()
  docker('rm', '--force', 'counter', 'flood-a', 'flood-b', 'silent')
}

/** The first visible line. */
async function visible(page, name) {
  return log(page, name).evaluate((box) => {
    const top = box.getBoundingClientRect().top
    const first = [...box.querySelectorAll('[data-n]')].find(
      (one) => one.getBoundingClientRect().top >= top - 1,
    )
    return first?.querySelector('.text')?.textContent
  })
}

/** In the page: checks in each frame whether the lines are in order of time. */
function watchOrder() {
  globalThis.order = { frames: 0, misplaced: null }
  const look = () => {
    const lines = [...document.querySelectorAll('[data-testid="log-line"]')].map((one) =>
      ['.time', '.name'].map((part) => one.querySelector(part)?.textContent ?? ''),
    )
    // Lines from yesterday have their date before the time.
    const isBefore = (one, other) =>
      one.includes('-') === other.includes('-') ? one < other : one.includes('-')
    // The two streams of one container may be some microseconds out of order; they keep the engine's order.
    const at = lines.findIndex(
      ([time, name], i) => i > 0 && isBefore(time, lines[i - 1][0]) && name !== lines[i - 1][1],
    )
    if (at > 0) globalThis.order.misplaced ??= lines.slice(Math.max(0, at - 3), at + 3).join(' | ')
    if (lines.length > 1) globalThis.order.frames++
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Loads all gaps of the log. */
async function fillGaps(page) {
  const gap = pane(page, 'counter').getByTestId('log-gap')
  await findGap(page, gap)
  await gap.first().scrollIntoViewIfNeeded()
  await picture(page, 'logs-gap')
  await until(
    'every line is there',
    async () => {
      if (Number(await log(page, 'counter').getAttribute('data-all')) >= count.last) return true
      if ((await gap.count()) === 0) await findGap(page, gap)
      const fill = gap.getByTestId('log-gap-fill').first()
      // It may have been filled before the click.
      if ((await fill.count()) > 0) await fill.click({ timeout: 1000 }).catch(() => {})
      return false
    },
    100_000,
  )
  await log(page, 'counter').press('End')
}

/** Scrolls from the top until a gap is rendered. */
async function findGap(page, gap) {
  await log(page, 'counter').press('Home')
  for (let tries = 0; tries < 400 && (await gap.count()) === 0; tries++)
    await log(page, 'counter').evaluate(pageDown)
}

/** In the page: scrolls one page down and waits until its rows are rendered. */
function pageDown(box) {
  box.scrollTop += box.clientHeight + 500
  const frame = (then) => requestAnimationFrame(then)
  return new Promise((done) => frame(() => frame(() => frame(done))))
}

async function tabTo(page, selector) {
  for (let i = 0; i < 200; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${selector} is not reached by Tab`)
}

function flood(name, rate) {
  docker('rm', '--force', name)
  const script = `awk 'BEGIN { while (1) { for (i = 0; i < ${rate / 20}; i++) print "flood line " ++n; fflush(); system("usleep 45000") } }'`
  docker(
    'run',
    '--detach',
    '--name',
    name,
    '--network',
    'none',
    '--log-opt',
    'max-size=20m',
    image,
    'sh',
    '-c',
    script,
  )
}

function unique(text, i, all) {
  return all.indexOf(text) === i
}
