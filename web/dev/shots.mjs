// Takes pictures of the page in a real browser with the fake relay, and checks what only a browser can check:
//   node dev/shots.mjs [folder] [part of a scene's name]      pictures into the folder; fails on a CSP violation, an error, or axe
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChromium } from '../../e2e/browser/chromium.mjs'
import { web } from '../build/paths.mjs'
import { startFakeRelay } from './fake-relay.mjs'

const folder = process.argv[2] ?? join(web, 'target', 'shots')
const axe = readFileSync(join(web, 'node_modules/axe-core/axe.min.js'), 'utf8')
const problems = []
/** Only the scenes whose names contain this. */
const only = process.argv[3] ?? ''

mkdirSync(folder, { recursive: true })
const browser = await startChromium()

async function scene(name, { theme = 'dark', width = 1440, height = 900 }, play) {
  if (!name.includes(only)) return
  const relay = await startFakeRelay()
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    hasTouch: width < 500,
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|TypeError|\[Vue warn\]/.test(message.text()))
      problems.push(`${name}: ${message.text()}`)
  })
  await page.goto(relay.url)
  await page.getByTestId('container-row').first().waitFor()
  const dev = (what) => fetch(`${relay.url}dev/${what}`, { method: 'POST' })
  await play({ page, relay, dev, row: (one) => page.locator(`[data-container="${one}"]`).first() })
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await checkAccessibility(name, page)
  await context.close()
  relay.close()
  console.log(`${name}.png`)
}

async function checkAccessibility(name, page) {
  // Through the DevTools protocol, not as a script tag, so that the page's security policy stays on.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  for (const { id, nodes } of violations)
    problems.push(`${name}: axe ${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`)
}

function check(ok, what) {
  if (!ok) problems.push(`not so: ${what}`)
}

/** In the page: frames in two seconds. */
function countFrames() {
  return new Promise((done) => {
    const end = performance.now() + 2000
    let frames = 0
    const next = (now) => (now > end ? done(frames) : (frames++, requestAnimationFrame(next)))
    requestAnimationFrame(next)
  })
}

const openLog = ({ row, page }, name) =>
  row(name)
    .getByTestId('open-log')
    .click()
    .then(() => page.waitForTimeout(900))

await scene('dark', {}, () => {})
await scene('light', { theme: 'light' }, () => {})
for (const theme of ['dark', 'light']) {
  await scene(`${theme}-log`, { theme }, async (s) => {
    await openLog(s, 'chatty')
    await s.dev('gap')
    await s.dev('stopped')
    await s.page.waitForTimeout(500)
  })
}
await scene('log-paused', {}, async (s) => {
  await openLog(s, 'chatty')
  const top = () =>
    s.page.evaluate(() => {
      const box = document.querySelector('[data-testid=log]').getBoundingClientRect()
      return document.elementFromPoint(box.x + 200, box.y + 30).closest('[data-testid=log-line]').textContent
    })
  await s.page.getByTestId('log').hover()
  await s.page.mouse.wheel(0, -400)
  await s.page.waitForTimeout(200)
  const read = await top()
  await s.dev('rate?lines=5000')
  await s.page.waitForTimeout(6000)
  check(read === (await top()), 'what the reader looks at stays where it is')
  await s.page.screenshot({ path: join(folder, 'log-new-lines.png') })
  await s.page.getByTestId('log-new-lines').click()
  await s.page.waitForTimeout(500)
  check(Number(await s.page.getByTestId('log').getAttribute('data-lines')) <= 100_000, 'the log is bounded')
  const frames = await s.page.evaluate(countFrames)
  console.log(`${frames} frames in 2 s while 5,000 lines/s arrive`)
  check(frames > 60, 'the page stays fluent')
})
await scene('log-back', {}, async (s) => {
  await openLog(s, 'multiplexer')
  await s.dev('rate?lines=0')
  const lines = async () => Number(await s.page.getByTestId('log').getAttribute('data-lines'))
  await s.dev('drop')
  await s.page.waitForTimeout(3000)
  check((await lines()) === 400, 'a new snapshot takes the place of the old lines')
  await s.dev('rate?lines=100')
  await s.page.waitForTimeout(500)
  check((await lines()) > 400, 'the log goes on')
})
await scene('log-unreadable', {}, (s) => openLog(s, 'no-log'))
await scene('actions', {}, async (s) => {
  await s.row('migrate').getByTestId('action-restart').click()
  await s.row('multiplexer').getByTestId('action-restart').click()
  await s.page.waitForTimeout(1500)
  await s.row('nginx-proxy').getByTestId('action-stop').click()
  await s.page.waitForTimeout(200)
})
await scene('engine-away', {}, async (s) => {
  await s.dev('engine-away')
  await s.page.waitForTimeout(2600)
})
await scene('controller-away-two', { theme: 'light' }, async (s) => {
  await s.dev('controller-away')
  await s.dev('two')
  await s.page.waitForTimeout(2600)
})
await scene('relay-away', {}, async (s) => {
  await openLog(s, 'quiet')
  s.relay.close()
  await s.page.waitForTimeout(6500)
})
await scene('phone', { width: 390, height: 844 }, () => {})
await scene('phone-light', { width: 390, height: 844, theme: 'light' }, () => {})
await scene('phone-log', { width: 390, height: 844 }, async ({ row, page }) => {
  await row('chatty').getByTestId('open-details').click()
  await page.waitForTimeout(900)
})
await scene('phone-away', { width: 390, height: 844 }, async (s) => {
  s.relay.close()
  await s.page.waitForTimeout(4000)
})
const openRecord = async ({ page }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.getByTestId('record-row').first().waitFor()
}
await scene('record', {}, openRecord)
await scene('record-light', { theme: 'light' }, openRecord)
await scene('phone-record', { width: 390, height: 844 }, openRecord)
const openHosts = async ({ page, dev }) => {
  await dev('hosts')
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.locator('[data-host=lab]').waitFor()
}
await scene('hosts', {}, openHosts)
await scene('hosts-light', { theme: 'light' }, openHosts)
await scene('phone-hosts', { width: 390, height: 844 }, openHosts)
await scene('tablet-hosts', { width: 900, height: 700 }, openHosts)
const enrol = async (s) => {
  await openHosts(s)
  await s.page.getByTestId('add-host').click()
  await s.page.getByTestId('host-name').fill('garage')
  await s.page.getByTestId('create-host').click()
  await s.page.getByTestId('enrol-lines').waitFor()
}
await scene('hosts-add', {}, async (s) => {
  await openHosts(s)
  await s.page.getByTestId('add-host').click()
  await s.page.getByTestId('way-url').check()
})
await scene('hosts-enrol', { theme: 'light' }, enrol)
await scene('phone-hosts-enrol', { width: 390, height: 844 }, enrol)
await scene('hosts-there', {}, async (s) => {
  await enrol(s)
  await s.dev('enrolled')
  await s.page.locator('[data-testid=enrol-progress][data-state=there]').waitFor()
})
await scene('merged', {}, async ({ page, relay, dev }) => {
  await dev('hosts')
  await page.goto(`${relay.url}?p=prod-eu-1/chatty,edge-us-1/chatty,cellar/multiplexer`)
  await page.getByTestId('log-line').first().waitFor()
  await page.waitForTimeout(1500)
})
for (const [name, query] of [
  ['by-project', '?group=projects'],
  ['by-label', '?group=label:region&label=region%3Dus&label=region%3Deu'],
])
  await scene(name, {}, async ({ page, relay, dev }) => {
    await page.goto(relay.url + query)
    await page.getByTestId('container-row').first().waitFor()
    await dev('hosts')
    await page.waitForTimeout(600)
  })
await scene('tablet', { width: 900, height: 700 }, (s) => openLog(s, 'multiplexer'))

await browser.close()
for (const problem of problems) console.error(problem)
process.exitCode = problems.length ? 1 : 0
