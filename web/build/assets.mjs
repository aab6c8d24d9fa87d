// Writes compressed copies of all files for which it pays off, and assets.txt: what the relay serves from memory.
//
// One line per file, three columns separated by tabs:
//   path   relative to webroot/, with slashes
//   hash   the first 16 hex digits of the content's SHA-256
//   encodings   `br,gz` where PATH.br and PATH.gz exist, else `-`
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const MIN_SIZE = 1024
const ALREADY_COMPRESSED = /\.(woff2|png|jpg|br|gz)$/

export function writeAssets(dist) {
  const assets = files(dist)
    .filter((file) => file !== 'assets.txt')
    .sort()
    .map((file) => asset(dist, file))
  const lines = assets.map(({ path, hash, encodings }) => `${path}\t${hash}\t${encodings}\n`)
  writeFileSync(join(dist, 'assets.txt'), lines.join(''))
  return assets
}

function asset(dist, path) {
  const content = readFileSync(join(dist, path))
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
  return {
    path,
    hash,
    size: content.length,
    encodings: compressed(join(dist, path), content) ? 'br,gz' : '-',
  }
}

function compressed(file, content) {
  if (content.length < MIN_SIZE || ALREADY_COMPRESSED.test(file)) return false
  const best = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }
  writeFileSync(`${file}.br`, brotliCompressSync(content, best))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  return true
}

function files(folder, root = folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path, root) : [relative(root, path).split(sep).join('/')]
  })
}
