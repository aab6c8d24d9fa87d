// Measures what a first visit loads, compressed: the page, its script and style, and their static imports. The build
// fails above the limits.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const KIB = 1024
export const MAX_FIRST_LOAD = 150 * KIB
export const MAX_FONTS = 90 * KIB

/** Sizes in bytes after brotli compression. */
export function weigh(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const first = new Set(['index.html'])
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path)
  for (const path of named) follow(dist, path, first)
  // The worker starts with the page, but no file of the page imports it.
  for (const name of readdirSync(join(dist, 'assets')))
    if (/^worker-.*\.js$/.test(name)) follow(dist, `assets/${name}`, first)
  const fonts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.woff2'))
  return {
    first: [...first].reduce((sum, path) => sum + sent(dist, path), 0),
    fonts: fonts.reduce((sum, name) => sum + statSync(join(dist, 'assets', name)).size, 0),
    files: [...first],
  }
}

export function checkWeight(dist) {
  const { first, fonts } = weigh(dist)
  const words = `first load ${kib(first)} of ${kib(MAX_FIRST_LOAD)}, fonts ${kib(fonts)} of ${kib(MAX_FONTS)}`
  if (first > MAX_FIRST_LOAD || fonts > MAX_FONTS) throw new Error(`the dashboard is too heavy: ${words}`)
  return words
}

/** Adds a script and its static imports; later imports are not part of the first load. */
function follow(dist, path, seen) {
  if (seen.has(path)) return
  seen.add(path)
  if (!path.endsWith('.js')) return
  const code = readFileSync(join(dist, path), 'utf8')
  for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    follow(dist, `assets/${name}`, seen)
}

function sent(dist, path) {
  try {
    return statSync(join(dist, `${path}.br`)).size
  } catch {
    return statSync(join(dist, path)).size
  }
}

function kib(bytes) {
  return `${(bytes / KIB).toFixed(1)} KiB`
}
