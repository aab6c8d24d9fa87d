// What the page shows while the relay, the controller or the engine is not available, and that it recovers by itself.
// Prints `now: …` when the caller has to stop a part or start it again.
//   PAGE=http://localhost:3000/ PICTURES=folder node e2e/browser/away.mjs
import { launch, picture, step, until } from './chromium.mjs'

const PAGE = process.env.PAGE
const PATIENCE = 60_000
const visitor = await launch()
const options = {
  colorScheme: 'dark',
  mayFail: /WebSocket|Failed to load resource|ERR_CONNECTION/,
}
const rows = (page) => page.getByTestId('container-row')
const banner = (page, which) => page.locator(`[data-banner^="${which}"]`)
const now = (what) => console.log(`now: ${what}`)

async function seen(page, name) {
  await visitor.checkAccess(page, name)
  await picture(page, name)
}

/** The scroll position of the list, the open log and the address: they stay the same through each outage. */
async function position(page) {
  const top = await page.getByTestId('list').evaluate((list) => list.scrollTop)
  const log = await page.getByTestId('log-dock').getAttribute('data-container')
  return JSON.stringify({ top, log, url: page.url() })
}

try {
  const page = await visitor.open(PAGE, {
    ...options,
    viewport: { width: 1280, height: 640 },
  })
  await rows(page).first().waitFor()
  const count = await rows(page).count()
  await rows(page).nth(3).getByTestId('open-log').click()
  await page.getByTestId('log-dock').waitFor()
  await page.getByTestId('list').evaluate((list) => list.scrollTo(0, 120))
  const before = await position(page)
  const unmoved = () => until(`the page is at ${before}`, async () => (await position(page)) === before)

  await step('without the relay the page says so, keeps its data, and disables actions', async () => {
    now('relay away')
    await banner(page, 'relay').getByText('Connection lost').waitFor({ timeout: PATIENCE })
    await page
      .getByTestId('banner-detail')
      .getByText(/Showing data from .* ago/)
      .waitFor()
    if ((await rows(page).count()) !== count) throw new Error('the list is not what it was')
    const restart = rows(page).first().getByTestId('action-restart')
    if (!(await restart.getAttribute('aria-label')).includes('Not connected'))
      throw new Error('no reason is given')
    await seen(page, 'relay-away')
    await unmoved()
  })

  await step('a browser without a network is reported as such', async () => {
    const offline = banner(page, 'relay').getByText('You are offline')
    await until('the offline banner is shown', async () => {
      await page.evaluate(() => dispatchEvent(new Event('offline')))
      return (await offline.count()) > 0
    })
    await picture(page, 'offline')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await offline.waitFor({ state: 'detached' })
    await unmoved()
  })

  await step('when the relay is back, the page recovers by itself', async () => {
    now('relay back')
    await banner(page, 'relay').waitFor({
      state: 'detached',
      timeout: PATIENCE,
    })
    await page.locator('[data-phase=live]').waitFor({ timeout: PATIENCE })
    // A controller that the relay has not reached since its start has no time since when it is away.
    await page.getByTestId('host-away').waitFor({ state: 'detached', timeout: PATIENCE })
    await unmoved()
  })

  await step('without the controller its host is offline, with the last known state', async () => {
    now('controller away')
    await banner(page, 'controller:').waitFor({ timeout: PATIENCE })
    await page.getByTestId('host-away').getByText('offline since').waitFor()
    await until(
      'all are unknown',
      async () => (await page.locator('[data-status=unknown]').count()) === count,
    )
    await seen(page, 'controller-away')
    await unmoved()
    now('controller back')
    await banner(page, 'controller:').waitFor({
      state: 'detached',
      timeout: PATIENCE,
    })
    await page.locator('[data-status=running]').first().waitFor({ timeout: PATIENCE })
    await unmoved()
  })

  await step('without the engine the banner names the engine', async () => {
    now('engine away')
    await banner(page, 'engine:').waitFor({ timeout: PATIENCE })
    await seen(page, 'engine-away')
    await unmoved()
    now('engine back')
    await banner(page, 'engine:').waitFor({
      state: 'detached',
      timeout: PATIENCE,
    })
    await page.locator('[data-status=running]').first().waitFor({ timeout: PATIENCE })
    await unmoved()
  })

  visitor.expectClean()
} finally {
  await visitor.close()
}
