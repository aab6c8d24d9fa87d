import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeContainer } from '../protocol/container'
import type { Container, Frame } from '../protocol/types'

/** The protocol's golden files, which the Java side is tested with too. */
const RESOURCES = join(import.meta.dirname, '../../../protocol/src/main/resources')

export function resource(path: string): string {
  return readFileSync(join(RESOURCES, path), 'utf8')
}

export function golden(name: string): string {
  return resource(`golden/${name}.json`)
}

/** Log lines with their level, `none` where a reader sees none. */
export function levelLines(): { level: string; line: string }[] {
  return resource('golden/levels.tsv')
    .trimEnd()
    .split('\n')
    .filter((row) => !row.startsWith('# '))
    .map((row) => {
      const tab = row.indexOf('\t')
      return { level: row.slice(0, tab), line: lineOf(row.slice(tab + 1)) }
    })
}

/** Without the short forms of the file. */
function lineOf(example: string): string {
  return example
    .replaceAll('\\u001b', '\x1b')
    .replaceAll(/(.)\\\{(\d+)\}/g, (_, one: string, times: string) => one.repeat(Number(times)))
}

/** Lines that are JSON, nearly JSON, or JSON that a parser of doubles damages. */
export function jsonLines(): string[] {
  return resource('golden/json-lines.txt').trimEnd().split('\n')
}

/** A running container, with the fields that a test sets. */
export function container(fields: Record<string, unknown> = {}): Container {
  return decodeContainer({
    name: 'web',
    status: 'running',
    running: true,
    status_detail: 'Up 2 hours',
    id: '0123456789ab',
    controller: 'edge-1',
    actions: { start: 'it is running already', stop: null, restart: null },
    ...fields,
  })
}

/** A frame with only the fields that a test sets. */
export function frame<T extends Frame['type']>(
  type: T,
  fields: Partial<Extract<Frame, { type: T }>>,
): Extract<Frame, { type: T }> {
  return { type, ...fields } as Extract<Frame, { type: T }>
}
