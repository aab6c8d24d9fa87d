// Headless Chromium for the journeys, and the faults that must never happen on the page.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const PATIENCE = 20_000

/** The installed Chromium, without requests of its own to the network. */
export function startChromium() {
  return chromium.launch({
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
}

/** The visitor whose pages are photographed when a step fails. */
let visitor = null

export async function launch() {
  visitor = new Visitor(await startChromium())
  return visitor
}

/** A browser; `faults` collects everything that goes wrong on its pages. */
class Visitor {
  faults = []

  constructor(browser) {
    this.browser = browser
  }

  /** `script` runs on the page before the page's own scripts. */
  async open(url, { script, ...options } = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE)
    page.on('console', (message) => {
      if (message.type() === 'error' && !options.mayFail?.test(message.text()))
        this.faults.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.message}`))
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol !== 'data:' && protocol !== 'blob:' && origin !== new URL(url).origin)
        this.faults.push(`request to ${request.url()}`)
    })
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`)
      })
    })
    if (script) await page.addInitScript(script)
    await page.goto(url)
    return page
  }

  /** Fails on serious and critical accessibility violations. */
  async checkAccess(page, what, part = 'body') {
    await page.evaluate(AXE)
    await page.evaluate(stopAnimations)
    const { violations } = await page.evaluate(
      (selector) => globalThis.axe.run(selector, { resultTypes: ['violations'] }),
      part,
    )
    await page.evaluate(allowAnimations)
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    if (serious.length > 0) {
      const words = serious.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .slice(0, 3)
            .join(' ')}`,
      )
      throw new Error(`${what} is not accessible:\n${words.join('\n')}`)
    }
  }

  /** A picture of each page as it is now, the last one first. */
  async show() {
    const pages = this.browser.contexts().flatMap((context) => context.pages())
    for (const [i, page] of pages.reverse().entries()) await picture(page, `failed-${i}`).catch(() => {})
  }

  /** Fails if anything has gone wrong on a page. */
  expectClean() {
    if (this.faults.length > 0) throw new Error(`the page is not clean:\n${this.faults.join('\n')}`)
    console.log('ok - no policy violation, exception or request to another origin')
  }

  async close() {
    await this.browser.close()
  }
}

/**
 * In the page: ends all animations, also those that start meanwhile, because colours in a transition are not part of
 * the design. The security policy allows a style sheet that a script constructs.
 */
function stopAnimations() {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important }')
  document.adoptedStyleSheets.push(sheet)
}

/** In the page: allows animations again. */
function allowAnimations() {
  document.adoptedStyleSheets.pop()
}

export async function picture(page, name) {
  mkdirSync(process.env.PICTURES, { recursive: true })
  await page.screenshot({
    path: join(process.env.PICTURES, `${name}.png`),
    animations: 'disabled',
  })
}

export async function step(sentence, action) {
  try {
    await action()
  } catch (failure) {
    await visitor?.show()
    throw failure
  }
  console.log(`ok - ${sentence}`)
}

/** Polls until the condition holds. */
export async function until(what, holds, patience = PATIENCE) {
  const end = Date.now() + patience
  for (;;) {
    if (await holds()) return
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${what}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}
