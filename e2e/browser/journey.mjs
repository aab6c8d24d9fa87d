// The dashboard as a person uses it, in a real browser, beside a real engine with the sample stack.
//   PAGE=http://localhost:3000/ DOCKER_HOST=unix://… PICTURES=folder node e2e/browser/journey.mjs
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')

const page_url = process.env.PAGE
const pictures = process.env.PICTURES
const PATIENCE = 20_000
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim()

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

/** What must never happen on this page, with all that did. */
const faults = []

async function openPage(options) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== new URL(page_url).origin) faults.push(`request to ${url}`)
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  await page.goto(page_url)
  return page
}

const row = (page, name) => page.locator(`[data-testid="container-row"][data-container="${name}"]`)

async function picture(page, name) {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function step(sentence, action) {
  await action()
  console.log(`ok - ${sentence}`)
}

try {
  const page = await openPage({ colorScheme: 'dark' })

  await step('the page lists the containers with their states', async () => {
    await row(page, 'nginx-proxy').waitFor()
    await row(page, 'ffmpeg-kick').waitFor()
    await page.locator('[data-testid="container-row"][data-container="migrate"][data-status="exited"]').waitFor()
  })

  await step('a container that is stopped by the docker command line is seen to stop, and to start', async () => {
    docker('stop', '--time', '2', 'latestrelayer-chat-bridge')
    await page.locator('[data-container="chat-bridge"][data-status="exited"]').first().waitFor()
    docker('start', 'latestrelayer-chat-bridge')
    await page.locator('[data-container="chat-bridge"][data-status="running"]').first().waitFor()
  })

  await step('a log line that is written after the page opened is read', async () => {
    await row(page, 'nginx-proxy').getByTestId('open-log').click()
    await page.locator('[data-testid="log-dock"][data-container="nginx-proxy"]').waitFor()
    await page.getByTestId('log-line').first().waitFor()
    const line = `written at ${Date.now()} <b>&amp;</b>`
    docker('exec', 'latestrelayer-nginx-proxy', 'sh', '-c', `echo '${line}' >/proc/1/fd/1`)
    await page.getByTestId('log-text').filter({ hasText: line }).first().waitFor()
  })
  await picture(page, 'dashboard-dark')

  await step('a container is restarted by its button, and the outcome is shown', async () => {
    const started = () => docker('inspect', '--format', '{{.State.StartedAt}}', 'latestrelayer-multiplexer')
    const before = started()
    await row(page, 'multiplexer').getByTestId('action-restart').click()
    await row(page, 'multiplexer').getByTestId('outcome').waitFor()
    if (started() === before) throw new Error('multiplexer was not restarted')
  })

  await step('the log is closed', async () => {
    await page.getByTestId('log-close').click()
    await page.getByTestId('log-dock').waitFor({ state: 'detached' })
  })

  await step('it is readable in light colours and on a phone', async () => {
    const light = await openPage({ colorScheme: 'light' })
    await row(light, 'nginx-proxy').waitFor()
    await picture(light, 'dashboard-light')
    const phone = await openPage({ colorScheme: 'dark', viewport: { width: 390, height: 844 } })
    await row(phone, 'nginx-proxy').waitFor()
    await picture(phone, 'dashboard-phone')
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) throw new Error(`the page is ${overflow} px wider than a phone`)
  })

  if (faults.length > 0) throw new Error(`the page is not clean:\n${faults.join('\n')}`)
  console.log('ok - nothing was refused, thrown or fetched from elsewhere')
} finally {
  await browser.close()
}
