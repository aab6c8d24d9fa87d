import type { TimeRange } from '../../logs/rows/filter'
import { LEVELS, type LevelName } from '../../logs/text/levels'

/** A member of a pane: a container, a project (of one host or of all), or all containers whose name matches. */
export type MemberSpec =
  | { kind: 'container'; controller: string; name: string }
  | { kind: 'project'; controller: string | null; project: string }
  | { kind: 'pattern'; pattern: string }

/** What a pane shows, as it is in the page's address. */
export interface PaneSpec {
  members: MemberSpec[]
  /** The search text. */
  text: string
  caseSensitive: boolean
  /** True: hide lines without a match. */
  only: boolean
  /** Null: all levels. */
  levels: LevelName[] | null
  stderrOnly: boolean
  /** Null: all times. */
  range: TimeRange | null
  /** The nine-digit timestamp that was jumped to; null while following. */
  at: string | null
}

export const DEFAULT_SPEC: Omit<PaneSpec, 'members'> = {
  text: '',
  caseSensitive: false,
  only: false,
  levels: null,
  stderrOnly: false,
  range: null,
  at: null,
}

export function containerMember({ controller, name }: { controller: string; name: string }): MemberSpec {
  return { kind: 'container', controller, name }
}

/** `edge-1/web,project:edge-1/shop;q=timeout;only;levels=ew;at=2025-…Z` */
export function writeSpec(spec: PaneSpec): string {
  const options = [
    spec.text === '' ? '' : `q=${escaped(spec.text)}`,
    spec.caseSensitive ? 'case' : '',
    spec.only ? 'only' : '',
    spec.levels ? `levels=${spec.levels.map((level) => level[0]).join('')}` : '',
    spec.stderrOnly ? 'stderr' : '',
    spec.range?.since ? `since=${escaped(spec.range.since)}` : '',
    spec.range?.until ? `until=${escaped(spec.range.until)}` : '',
    spec.at === null ? '' : `at=${escaped(spec.at)}`,
  ]
  return [spec.members.map(writeMember).join(','), ...options.filter(Boolean)].join(';')
}

/** Null when the text names no member. */
export function readSpec(text: string): PaneSpec | null {
  const [first = '', ...options] = text.split(';')
  const members = first
    .split(',')
    .map(readMember)
    .filter((member) => member !== null)
  if (members.length === 0) return null
  const values = new Map(options.map((option) => split(option, '=')))
  const levels = values.get('levels')
  return {
    members,
    text: values.get('q') ?? '',
    caseSensitive: values.has('case'),
    only: values.has('only'),
    levels: levels === undefined ? null : LEVELS.filter((level) => levels.includes(level[0]!)),
    stderrOnly: values.has('stderr'),
    range: rangeOf(timestamp(values.get('since')), timestamp(values.get('until'))),
    at: timestamp(values.get('at')),
  }
}

/** Null for anything but a nine-digit timestamp: times are compared as texts. */
function timestamp(text: string | undefined): string | null {
  return text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/.test(text) ? text : null
}

/** Null when both ends are open. */
export function rangeOf(since: string | null, until: string | null): TimeRange | null {
  return since === null && until === null ? null : { since, until }
}

function writeMember(member: MemberSpec): string {
  if (member.kind === 'pattern') return `name:${escaped(member.pattern)}`
  const controller = member.controller ? `${escaped(member.controller)}/` : ''
  return member.kind === 'project'
    ? `project:${controller}${escaped(member.project)}`
    : `${controller}${escaped(member.name)}`
}

function readMember(text: string): MemberSpec | null {
  if (text.startsWith('name:')) return { kind: 'pattern', pattern: unescaped(text.slice(5)) }
  const project = text.startsWith('project:')
  const address = project ? text.slice(8) : text
  const slash = address.lastIndexOf('/')
  const controller = slash < 0 ? '' : unescaped(address.slice(0, slash))
  const name = unescaped(address.slice(slash + 1))
  if (name === '') return null
  return project
    ? { kind: 'project', controller: controller || null, project: name }
    : { kind: 'container', controller, name }
}

function split(text: string, by: string): [string, string] {
  const at = text.indexOf(by)
  return at < 0 ? [text, ''] : [text.slice(0, at), unescaped(text.slice(at + 1))]
}

/** Escapes the separators only, so that the address stays readable. */
function escaped(text: string): string {
  return text.replace(/[%,;=/]/g, encodeURIComponent)
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
