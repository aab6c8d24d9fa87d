import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

// Holds the structure of the page's code: no import cycles, and imports between folders in one direction only.
// Type-only imports count too: a reader follows them just the same.

const SRC = import.meta.dirname

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|vue)$/.test(path))
const graph = new Map(files.map((file) => [file, importsOf(file)]))

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  const script = file.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text
  return ts
    .preProcessFile(script)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => resolved(posix.join(dirname(file), name)))
    .filter((found) => found !== null)
}

function resolved(path: string): string | null {
  return [path, `${path}.ts`, `${path}/index.ts`].find((one) => files.includes(one)) ?? null
}

/** The first cycle that is found, as a path; null when there is none. */
function cycle(): string[] | null {
  const finished = new Set<string>()
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (finished.has(file)) return null
    for (const next of graph.get(file)!) {
      const found = visit(next, [...path, file])
      if (found) return found
    }
    finished.add(file)
    return null
  }
  for (const file of files) {
    const found = visit(file, [])
    if (found) return found
  }
  return null
}

it('finds the imports of scripts and components', () => {
  expect(graph.get('main.ts')).toContain('App.vue')
  expect(graph.get('App.vue')).toContain('session.ts')
})

it('has no import cycles', () => {
  expect(cycle()).toBeNull()
})
