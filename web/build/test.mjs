// Runs all checks of the module, even after one has failed. Writes JUnit XML to target/vitest-reports; the last line is
// a summary:
//   web: N passed, N failed
// With FAST=true it runs the unit tests only.
// Exits with 0 in spite of failures if Maven continues after failed tests.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, web } from './paths.mjs'

const reports = join(web, 'target/vitest-reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

function run(name, ...args) {
  const { status } = spawnSync(process.execPath, [bin(name), ...args], { cwd: web, stdio: 'inherit' })
  return status === 0
}

/** Counts of the unit tests. A file that cannot be loaded fails without a test. */
function units() {
  const json = join(reports, 'vitest.json')
  const ok = run(
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${json}`,
    '--reporter=junit',
    `--outputFile.junit=${join(reports, 'vitest.xml')}`,
  )
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(json, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, complete: ok || numFailedTests > 0 }
  } catch {
    return { passed: 0, failed: 0, complete: false }
  }
}

/** Writes a report in the form of the unit tests', one case per check. */
function report(checks) {
  const cases = checks.map(({ name, ok }) => {
    const failure = ok ? '' : `<failure message="${name} failed; see the output of the build"/>`
    return `    <testcase classname="web" name="${name}">${failure}</testcase>\n`
  })
  const failed = checks.filter(({ ok }) => !ok).length
  writeFileSync(
    join(reports, 'checks.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n` +
      `  <testsuite name="checks" tests="${checks.length}" failures="${failed}" errors="0" skipped="0">\n` +
      `${cases.join('')}  </testsuite>\n</testsuites>\n`,
  )
}

const { passed, failed, complete } = units()
const checks = [{ name: 'every test file loads', ok: complete && passed > 0 }]
if (process.env.FAST !== 'true') {
  checks.push(
    { name: 'types', ok: run('vue-tsc', '--noEmit', '-p', 'tsconfig.json') },
    { name: 'eslint', ok: run('eslint', '.', '--max-warnings', '0') },
    { name: 'prettier', ok: run('prettier', '--check', '--log-level', 'warn', '.') },
  )
}
report(checks)
for (const { name, ok } of checks) console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
const good = passed + checks.filter(({ ok }) => ok).length
const bad = failed + checks.filter(({ ok }) => !ok).length
console.log(`web: ${good} passed, ${bad} failed`)
process.exitCode = bad === 0 || process.env.TEST_FAILURE_IGNORE === 'true' ? 0 : 1
