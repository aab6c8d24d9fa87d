// What a first visit loads, compressed: the page, its script and style with all that they import at once. More than is
// allowed fails the build.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const KIB = 1024
export const MOST_FIRST_LOAD = 150 * KIB
export const MOST_FONTS = 90 * KIB

/** Sizes in bytes, as brotli sends them. */
export function weigh(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const first = new Set(['index.html'])
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path]) => path)
  for (const path of named) follow(dist, path, first)
  // The worker is started with the page; nothing in the page's files imports it.
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
  const words = `first load ${kib(first)} of ${kib(MOST_FIRST_LOAD)}, fonts ${kib(fonts)} of ${kib(MOST_FONTS)}`
  if (first > MOST_FIRST_LOAD || fonts > MOST_FONTS) throw new Error(`the dashboard is too heavy: ${words}`)
  return words
}

/** A script with everything it imports before it runs; what it loads later is not part of the first load. */
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
