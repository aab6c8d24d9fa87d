// A host that dials the relay, added by following the page only, with a real relay and a real controller.
//   PAGE=http://localhost:3000/ CONTROLLER="java -jar deploy/target/dockrelay.jar controller" PICTURES=folder node e2e/browser/enrol.mjs
// The controller's other settings are in the environment.
import { spawn } from 'node:child_process'
import { launch, picture, step } from './chromium.mjs'

const { PAGE, CONTROLLER } = process.env
const visitor = await launch()
let controller = null

try {
  const page = await visitor.open(new URL('hosts', PAGE).href, { colorScheme: 'dark' })
  let line = ''

  await step('the page shows what to run on the host', async () => {
    await page.getByTestId('add-host').click()
    await page.getByTestId('way-dials').check()
    await page.getByTestId('host-name').fill('cellar')
    await page.getByTestId('create-host').click()
    await page.getByTestId('enrol-lines').waitFor()
    line = await page.getByTestId('line-run').inputValue()
    if ((await page.getByTestId('enrol-progress').getAttribute('data-state')) !== 'waiting')
      throw new Error('the host is there before anything has run')
    await visitor.checkAccess(page, 'the lines for a host')
    await picture(page, 'enrol-lines')
  })

  await step('the line is copied', async () => {
    await page.getByTestId('copy-run').click()
    await page.getByTestId('copy-news').getByText('Copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    if (copied !== line) throw new Error(`copied: ${copied}`)
  })

  await step('the page turns green when the host is there', async () => {
    const found = /^CONTROLLER_ID=(\S+) \.\/run controller --relay (ws:\S+) --enrol (\S+)$/.exec(line.trim())
    if (found === null) throw new Error(`the line is ${line}`)
    const [, id, relay, token] = found
    const [program, ...words] = CONTROLLER.split(' ')
    const env = { ...process.env, CONTROLLER_ID: id, RELAY_URL: relay, ENROL_TOKEN: token }
    controller = spawn(program, words, { env, stdio: 'inherit' })
    await page.locator('[data-testid=enrol-progress][data-state=there]').waitFor({ timeout: 60_000 })
    await visitor.checkAccess(page, 'the host that is there')
    await picture(page, 'enrol-there')
  })

  await step('the host is in the table, and is revoked there', async () => {
    await page.getByTestId('enrol-done').click()
    const row = page.locator('[data-testid=host]', { hasText: 'cellar' })
    await row.getByText('Host connects').waitFor()
    if ((await page.getByTestId('host').count()) !== 1) throw new Error('one host has two rows')
    await picture(page, 'enrol-table')
    await row.getByTestId('revoke-host').click()
    await page.getByTestId('agree').click()
    await row.waitFor({ state: 'detached' })
  })

  visitor.expectClean()
} finally {
  await visitor.close()
  controller?.kill()
}
