// Builds the page into dist/: types, bundle, licences of the fonts, compressed copies, and assets.txt.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { writeAssets } from './assets.mjs'
import { bin, web } from './paths.mjs'
import { checkWeight } from './weight.mjs'

const dist = join(web, 'dist')

execFileSync(process.execPath, [bin('vue-tsc'), '--noEmit', '-p', 'tsconfig.json'], {
  cwd: web,
  stdio: 'inherit',
})
await build({ root: web, logLevel: 'warn' })

mkdirSync(join(dist, 'licences'), { recursive: true })
for (const font of ['inter', 'jetbrains-mono']) {
  copyFileSync(
    join(web, 'node_modules/@fontsource-variable', font, 'LICENSE'),
    join(dist, 'licences', `${font}-OFL.txt`),
  )
}

const listed = writeAssets(dist)
// Maven copies dist/ over its earlier copy and would pack files of earlier builds too, so remove that copy.
rmSync(join(web, 'target/classes/webroot'), { recursive: true, force: true })
const total = listed.reduce((sum, asset) => sum + asset.size, 0)
console.log(`web: ${listed.length} files, ${Math.round(total / 1024)} KiB in dist/; ${checkWeight(dist)}`)
