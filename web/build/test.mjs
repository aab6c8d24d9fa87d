// Every check of the module, all of them even when one fails; the last line is for people and scripts:
//   web: N passed, N failed
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, web } from './paths.mjs'

function run(name, ...args) {
  const { status } = spawnSync(process.execPath, [bin(name), ...args], { cwd: web, stdio: 'inherit' })
  return status === 0
}

function units() {
  const folder = mkdtempSync(join(tmpdir(), 'dockrelay-web-'))
  const report = join(folder, 'report.json')
  const ok = run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`)
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that cannot be loaded fails without a test of its own.
    return { passed: numPassedTests, failed: ok ? numFailedTests : Math.max(1, numFailedTests) }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const result = units()
const checks = [
  ['types', () => run('vue-tsc', '--noEmit', '-p', 'tsconfig.json')],
  ['eslint', () => run('eslint', '.', '--max-warnings', '0')],
  ['prettier', () => run('prettier', '--check', '--log-level', 'warn', '.')],
]
for (const [name, check] of checks) {
  const ok = check()
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
  result[ok ? 'passed' : 'failed']++
}
console.log(`web: ${result.passed} passed, ${result.failed} failed`)
process.exitCode = result.failed === 0 && result.passed > 0 ? 0 : 1
