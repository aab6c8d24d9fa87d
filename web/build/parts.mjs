// The packages in the page: a CycloneDX list of them, and the texts of their licences.
//
// What counts is what vite packed, not what is installed: most of what vue depends on compiles templates and stays out.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { web } from './paths.mjs'

/** The folder of a module's package, as package-lock.json names it. */
const FOLDER = /\b(node_modules\/(?:.*\bnode_modules\/)?(?:@[^/]+\/)?[^/]+)\//

/** A plugin of vite that adds to `folders` those of the packages whose modules or files it packs. */
export function collectParts(folders) {
  const add = (path) => {
    const found = FOLDER.exec(path)
    if (found) folders.add(found[1])
  }
  return {
    name: 'dockrelay-parts',
    generateBundle(_options, bundle) {
      for (const id of this.getModuleIds()) add(id)
      for (const output of Object.values(bundle)) output.originalFileNames?.forEach(add)
    },
  }
}

/** The packages in these folders, sorted: name, version, licence (SPDX), hash (hex SHA-512 of its archive), text. */
export function describeParts(folders) {
  const lock = JSON.parse(readFileSync(join(web, 'package-lock.json'), 'utf8')).packages
  return [...folders].sort().map((folder) => {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const { version, license, integrity } = lock[folder]
    if (!license || !integrity?.startsWith('sha512-'))
      throw new Error(`package-lock.json has no licence or no SHA-512 of ${name}`)
    const hash = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')
    return { name, version, licence: license, hash, text: licenceText(folder) }
  })
}

function licenceText(folder) {
  const file = readdirSync(join(web, folder)).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each))
  if (!file) throw new Error(`${folder} has no file with its licence`)
  return readFileSync(join(web, folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .trim()
}

/** Writes licences/third-party.txt: each text once, below the packages that it is for. */
export function writeLicences(dist, parts) {
  const sections = [...byText(parts)].map(([text, same]) => {
    const heads = same.map(({ name, version, licence }) => `${name} ${version} (${licence})`)
    return `${heads.join('\n')}\n\n${text}\n`
  })
  mkdirSync(join(dist, 'licences'), { recursive: true })
  writeFileSync(
    join(dist, 'licences/third-party.txt'),
    ['The dashboard contains these packages.\n', ...sections].join(`\n${'-'.repeat(78)}\n\n`),
  )
}

function byText(parts) {
  const groups = new Map()
  for (const part of parts) groups.set(part.text, [...(groups.get(part.text) ?? []), part])
  return groups
}

/** Writes sbom/dockrelay-page.cdx.json, which Maven packs below META-INF. It has neither a time nor a serial number. */
export function writeSbom(dist, parts) {
  const { version, license } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'))
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': 'dockrelay-page',
        name: 'dockrelay-page',
        version,
        licenses: [{ license: { id: license } }],
      },
    },
    components: parts.map(component),
  }
  mkdirSync(join(dist, 'sbom'), { recursive: true })
  writeFileSync(join(dist, 'sbom/dockrelay-page.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`)
}

function component({ name, version, licence, hash }) {
  const url = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const slash = name.indexOf('/')
  return {
    type: 'library',
    'bom-ref': url,
    ...(slash < 0 ? { name } : { group: name.slice(0, slash), name: name.slice(slash + 1) }),
    version,
    hashes: [{ alg: 'SHA-512', content: hash }],
    licenses: [{ license: { id: licence } }],
    purl: url,
  }
}
