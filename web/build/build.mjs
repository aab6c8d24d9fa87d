// Builds the page into dist/: types, bundle, licences, compressed copies, assets.txt, and the list of parts.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { writeAssets } from './assets.mjs'
import { collectParts, describeParts, writeLicences, writeSbom } from './parts.mjs'
import { bin, web } from './paths.mjs'
import { checkWeight } from './weight.mjs'

const dist = join(web, 'dist')

execFileSync(process.execPath, [bin('vue-tsc'), '--noEmit', '-p', 'tsconfig.json'], {
  cwd: web,
  stdio: 'inherit',
})
const folders = new Set()
await build({
  root: web,
  logLevel: 'warn',
  plugins: [collectParts(folders)],
  worker: { plugins: () => [collectParts(folders)] },
})
const parts = describeParts(folders)
writeLicences(dist, parts)

const listed = writeAssets(dist)
writeSbom(dist, parts) // not listed, because the relay does not serve it
// Maven copies dist/ over its earlier copy and would pack files of earlier builds too, so remove that copy.
rmSync(join(web, 'target/classes/webroot'), { recursive: true, force: true })
const total = listed.reduce((sum, asset) => sum + asset.size, 0)
console.log(`web: ${listed.length} files, ${Math.round(total / 1024)} KiB in dist/; ${checkWeight(dist)}`)
