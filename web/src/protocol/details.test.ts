import { expect, it } from 'vitest'
import { decodeDetails } from './details'

it('details have no override of the text direction', () => {
  const text = 'a\u202eb'
  const details = decodeDetails({
    image: text,
    command: [text],
    entrypoint: [text],
    user: text,
    environment: [{ name: text, value: text }],
    labels: [{ name: text, value: `${text}\nc` }],
    mounts: [{ type: text, name: text, source: text, destination: text }],
    networks: [{ name: text, aliases: [text] }],
    health: { test: [text], probes: [{ output: text }] },
  })
  expect(JSON.stringify(details)).not.toContain('\u202e')
  expect(details.labels[0]!.value).toBe('a\ufffdb\nc')
})
