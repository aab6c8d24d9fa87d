import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The module's folder, whatever the working directory. */
export const web = dirname(dirname(fileURLToPath(import.meta.url)))

/** The script of a package's command with the same name. */
export function bin(name) {
  const home = join(web, 'node_modules', name)
  const described = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).bin
  return join(home, typeof described === 'string' ? described : described[name])
}
