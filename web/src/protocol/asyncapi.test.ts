// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import asyncapi from '@asyncapi/specs'
import { Ajv, type AnySchema } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Document {
  components: { schemas: Record<string, { properties?: { type?: { const?: string } } }> }
}

const root = join(import.meta.dirname, '../../..')
const golden = join(root, 'protocol/src/main/resources/golden')
const document = parse(readFileSync(join(root, 'docs/asyncapi.yaml'), 'utf8')) as Document

function json(file: string): { type?: string } {
  return JSON.parse(readFileSync(file, 'utf8')) as { type?: string }
}

/** Examples of WebSocket messages: the files of objects that have a type. */
function examples(folder: string): [string, { type?: string }][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): [string, { type?: string }] => [name, json(join(folder, name))])
    .filter(([, message]) => typeof message.type === 'string')
}

describe('docs/asyncapi.yaml', () => {
  it('has the form of AsyncAPI 3', () => {
    const check = formats
      .default(new Ajv({ strict: false, allErrors: true }), ['uri', 'uri-reference', 'email'])
      .compile(asyncapi.schemasWithoutId['3.0.0'] as AnySchema)
    check(document)
    expect(check.errors ?? []).toEqual([])
  })

  it('refers to what it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (found) => found[1] ?? '',
    )
    const missing = references.filter(
      (place) =>
        place
          .split('/')
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document) ===
        undefined,
    )
    expect(references.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  const ajv = formats.default(new Ajv({ strict: false, allErrors: true }))
  ajv.addSchema(document as unknown as AnySchema, 'document')
  const names = Object.entries(document.components.schemas)
  it.each([...examples(golden), ...examples(join(golden, 'client'))])(
    'describes the message of %s',
    (file, message) => {
      const name = names.find(([, schema]) => schema.properties?.type?.const === message.type)?.[0]
      expect(name, `a schema for ${message.type ?? ''}`).toBeDefined()
      // Messages of version 1 lack what came after it.
      const check = ajv.compile({ $ref: `document#/components/schemas/${name ?? ''}` })
      check(message)
      const errors = (check.errors ?? []).filter(
        (error: { keyword: string }) => !(file.includes('_v1') && error.keyword === 'required'),
      )
      expect(errors).toEqual([])
    },
  )
})
