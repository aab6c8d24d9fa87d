// Measures the list with 500 containers of a fake relay: one changes every 50 ms, load is measured too, and the list is
// scrolled. Prints frames per second and the longest task of the page's main thread.
//   node dev/crowd.mjs [seconds] [containers] [ms between changes]
import { startChromium } from '../../e2e/browser/chromium.mjs'
import { startFakeRelay } from './fake-relay.mjs'

const [seconds = 30, count = 500, each = 50] = process.argv.slice(2).map(Number)
const relay = await startFakeRelay()
await fetch(`${relay.url}dev/crowd?count=${count}&each=${each}`, { method: 'POST' })
const browser = await startChromium()

try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(watchTasks)
  await page.goto(relay.url)
  await page.waitForFunction(
    (all) => Number(document.querySelector('[data-testid=containers]')?.ariaRowCount) > all,
    count,
  )
  await page.waitForTimeout(3000)
  const opening = await page.evaluate(() => globalThis.longest)
  const still = await measure(page, seconds / 2, false)
  const scrolling = await measure(page, seconds / 2, true)
  const heap = await page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 2 ** 20))
  console.log(
    JSON.stringify(
      { count, changesPerSecond: 1000 / each, opening, still, scrolling, heapMiB: heap },
      null,
      1,
    ),
  )
} finally {
  await browser.close()
  relay.close()
}

async function measure(page, duration, scroll) {
  await page.evaluate(() => (globalThis.longest = 0))
  const frames = page.evaluate(countFrames, duration * 1000)
  const end = Date.now() + duration * 1000
  await page.mouse.move(700, 500)
  while (scroll && Date.now() < end - 300) {
    await page.mouse.wheel(0, Math.random() < 0.7 ? 240 : -240)
    await page.waitForTimeout(100)
  }
  const { fps, changed } = await frames
  return { fps, changesSeen: changed, longestTaskMs: await page.evaluate(() => globalThis.longest) }
}

/** In the page: the longest task of the main thread; browsers do not report tasks under 50 ms. */
function watchTasks() {
  globalThis.longest = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration)
  }).observe({ type: 'longtask', buffered: true })
}

/** In the page: frames per second, and how many state changes reached the rows meanwhile. */
function countFrames(ms) {
  return new Promise((done) => {
    let frames = 0
    let changed = 0
    const observer = new MutationObserver((records) => (changed += records.length))
    observer.observe(document.querySelector('[data-testid=list]'), {
      subtree: true,
      attributeFilter: ['data-status'],
    })
    const end = performance.now() + ms
    const next = (now) => {
      if (now < end) {
        frames++
        requestAnimationFrame(next)
        return
      }
      observer.disconnect()
      done({ fps: Math.round((frames / ms) * 1000), changed })
    }
    requestAnimationFrame(next)
  })
}
