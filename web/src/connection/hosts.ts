import { decodeLabels, type HostLabels } from '../protocol/link'
import { fetchJson, sendJson } from './http'

/** A host of the relay's configuration, or one that it has met. Times in ms. */
export interface ListedHost {
  name: string
  /** `settings`, `file`, `page` or `enrolled`. */
  source: string
  url: string | null
  /** The id of its controller; null while it is not known. */
  controller: string | null
  state: string | null
  lastContact: number | null
  labels: HostLabels
  /** Why it cannot be reached, as a sentence; null when there is nothing to say. */
  problem: string | null
}

/** What is needed of a host to which the relay connects. */
export interface HostRequest {
  name?: string
  url: string
  restUrl?: string
}

/** An enrolment of a host that connects to the relay by itself. Times in ms. */
export interface Enrolment {
  id: string
  name: string | null
  /** The controller that has used it; null for one that is open. */
  controller: string | null
  created: number | null
  expires: number | null
  keyCreated: number | null
  lastContact: number | null
  revoked: boolean
}

/** A new enrolment, with what is shown once. */
export interface NewEnrolment {
  id: string
  expires: number | null
  /** What to run on the host, by way. */
  lines: { run: string; docker: string; compose: string }
}

/** Fails with a message for the reader. */
export async function fetchHosts(base: string): Promise<ListedHost[]> {
  return listOf(await fetchJson(new URL('api/hosts', base)), 'hosts').map(decodeListedHost)
}

/** Fails with a message for the reader. */
export async function requestHost(base: string, host: HostRequest): Promise<void> {
  await sendJson('POST', new URL('api/hosts', base), host)
}

/** Fails with a message for the reader. */
export async function requestHostRemoval(base: string, name: string): Promise<void> {
  await sendJson('DELETE', new URL(`api/hosts/${encodeURIComponent(name)}`, base))
}

/** Fails with a message for the reader. */
export async function fetchEnrolments(base: string): Promise<Enrolment[]> {
  return listOf(await fetchJson(new URL('api/enrolments', base)), 'enrolments').map(decodeEnrolment)
}

/** Fails with a message for the reader. */
export async function requestEnrolment(base: string, asked: { name?: string }): Promise<NewEnrolment> {
  return decodeNewEnrolment(await sendJson('POST', new URL('api/enrolments', base), asked))
}

/** Fails with a message for the reader. */
export async function requestEnrolmentRevocation(base: string, id: string): Promise<void> {
  await sendJson('DELETE', new URL(`api/enrolments/${encodeURIComponent(id)}`, base))
}

function listOf(json: unknown, name: string): Record<string, unknown>[] {
  const list = Array.isArray(json) ? json : (json as Record<string, unknown> | null)?.[name]
  return Array.isArray(list) ? (list as Record<string, unknown>[]) : []
}

function decodeListedHost(json: Record<string, unknown>): ListedHost {
  return {
    name: String(json.name),
    source: String(json.source),
    url: text(json.url),
    controller: text(json.controller),
    state: text(json.state),
    lastContact: time(json.lastContact),
    labels: decodeLabels(json.labels) ?? {},
    problem: text(json.problem),
  }
}

function decodeEnrolment(json: Record<string, unknown>): Enrolment {
  return {
    id: String(json.id),
    name: text(json.name),
    controller: text(json.controller),
    created: time(json.created),
    expires: time(json.expires),
    keyCreated: time(json.keyCreated),
    lastContact: time(json.lastContact),
    revoked: json.revoked !== undefined && json.revoked !== null && json.revoked !== false,
  }
}

function decodeNewEnrolment(json: unknown): NewEnrolment {
  const { id, expires, lines } = (json ?? {}) as Record<string, unknown>
  const { run, docker, compose } = (lines ?? {}) as Record<string, unknown>
  return {
    id: String(id),
    expires: time(expires),
    lines: { run: text(run) ?? '', docker: text(docker) ?? '', compose: text(compose) ?? '' },
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function time(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(at) ? null : at
}
