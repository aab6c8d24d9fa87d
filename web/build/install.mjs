// Runs npm ci, unless node_modules matches package-lock.json already.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { web } from './paths.mjs'

const mark = join(web, 'node_modules', '.dockrelay-lock')
const wanted = createHash('sha256')
  .update(readFileSync(join(web, 'package-lock.json')))
  // Some packages install a binary per platform.
  .update(`${process.platform}-${process.arch}`)
  .digest('hex')

if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) {
  console.log('web: node_modules is up to date')
} else {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: web,
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error('web: npm ci failed; see its output above')
    process.exit(1)
  }
  writeFileSync(mark, wanted)
}
