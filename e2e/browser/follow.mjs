// Follows one container's log in a real browser and prints each frame of its connection as a JSON line:
// {"d":"sent"|"received","text":…} and {"d":"closed"}. "close" on the input closes the log, the end of the input closes
// the browser.
//   PAGE=http://127.0.0.1:3000/ CONTAINER=busy node e2e/browser/follow.mjs
import { createInterface } from 'node:readline'
import { startChromium } from './chromium.mjs'

const PATIENCE = 30_000
const report = (what) => process.stdout.write(`${JSON.stringify(what)}\n`)

const browser = await startChromium()

try {
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => report({ d: 'sent', text: String(payload) }))
    socket.on('framereceived', ({ payload }) => report({ d: 'received', text: String(payload) }))
    socket.on('close', () => report({ d: 'closed' }))
  })
  page.on('pageerror', (error) => report({ d: 'exception', text: error.message }))
  await page.goto(process.env.PAGE)
  const row = page.locator(`[data-testid="container-row"][data-container="${process.env.CONTAINER}"]`)
  await row.first().getByTestId('open-log').click()
  await page.getByTestId('log-line').first().waitFor()
  report({ d: 'following' })
  for await (const word of createInterface({ input: process.stdin })) {
    if (word === 'close') await page.getByTestId('log-close').click()
  }
} finally {
  await browser.close()
}
