import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

// Checks the structure of the page's code: no import cycles, imports between folders in one direction only, and no
// exported name with two meanings. Type-only imports count too, because a reader follows them just the same.

const SRC = import.meta.dirname

const EXPORTED = /^export (?:async )?(?:function|class|interface|type|const) (\w+)/gm

/** Which folders (or files) a folder may import from. A folder stands for those in it that have no entry. */
const FOLDERS: Record<string, string[]> = {
  protocol: ['logs/text'],
  ui: [],
  commands: [],
  router: [],
  settings: [],
  messages: ['protocol'],
  connection: ['connection/backoff', 'protocol'],
  'connection/backoff': [],
  'logs/text': [],
  'logs/target': [],
  'logs/rows': ['logs/text', 'protocol'],
  'logs/search': ['logs/rows', 'logs/text', 'logs/target', 'protocol'],
  'logs/pane': ['logs/search', 'logs/rows', 'logs/text', 'logs/target', 'connection/backoff', 'protocol'],
  worker: ['logs', 'connection', 'protocol'],
  'state/containers': ['messages', 'settings', 'ui', 'protocol'],
  'state/history': ['state/containers', 'protocol'],
  'state/load': ['state/containers', 'ui', 'protocol'],
  'state/logs': ['state/containers', 'worker', 'logs', 'ui', 'protocol'],
  'state/account': ['connection'],
  'state/session': ['state', 'worker', 'logs', 'connection', 'ui', 'protocol'],
  components: ['logs/text', 'state', 'messages', 'ui', 'protocol'],
  ...features(
    'containers',
    'hosts',
    'palette',
    'record',
    'settings',
    'sidebar',
    'signin',
    'status',
    'tokens',
    'logs',
  ),
  ...features('detail', ['features/logs']),
  app: ['logs/text', 'features', 'components', 'state', 'router', 'commands', 'settings', 'messages', 'ui'],
  main: ['app', 'state', 'router', 'commands', 'settings'],
}

/** A feature may import everything below it, and no other feature except those that are named. */
function features(...names: (string | string[])[]): Record<string, string[]> {
  const below = ['components', 'state', 'router', 'commands', 'settings', 'messages', 'ui']
  const types = ['logs', 'connection', 'protocol']
  const others = names.find((name) => typeof name !== 'string') ?? []
  const all = names.filter((name) => typeof name === 'string')
  return Object.fromEntries(all.map((name) => [`features/${name}`, [...below, ...types, ...others]]))
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|vue)$/.test(path))
const graph = new Map(files.map((file) => [file, importsOf(file)]))

function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.startsWith('testing/')
}

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

function folderOf(file: string): string {
  const path = file.replace(/\.(ts|vue)$/, '')
  const names = Object.keys(FOLDERS).filter((name) => path === name || path.startsWith(`${name}/`))
  return names.sort((a, b) => b.length - a.length)[0] ?? `no entry for ${file}`
}

function isAllowed(from: string, to: string): boolean {
  if (from === to) return true
  return (FOLDERS[from] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`))
}

it('finds the imports of scripts and components', () => {
  expect(graph.get('main.ts')).toContain('app/Root.vue')
  expect(graph.get('app/App.vue')).toContain('state/session.ts')
})

it('has no import cycles', () => {
  expect(cycle()).toBeNull()
})

it('has imports between folders in the allowed directions only', () => {
  const wrong = [...graph]
    .filter(([file]) => !isTest(file))
    .flatMap(([file, imports]) => imports.map((other) => [file, other] as const))
    .filter(([file, other]) => !isAllowed(folderOf(file), folderOf(other)))
    .map(([file, other]) => `${file} imports ${other}`)
  expect(wrong).toEqual([])
})

it('exports no name twice', () => {
  const owners = new Map<string, string[]>()
  for (const file of files.filter((one) => !isTest(one)))
    for (const [, name] of readFileSync(join(SRC, file), 'utf8').matchAll(EXPORTED))
      owners.set(name!, [...(owners.get(name!) ?? []), file])
  expect([...owners].filter(([, found]) => found.length > 1)).toEqual([])
})
