import { JsonLines, type LinesEnd } from '../protocol/jsonLines'
import { decodeLoadHistory, decodeRecentLoads, type LoadHistory, type RecentLoad } from '../protocol/pastLoad'
import type { ActionName } from '../protocol/types'
import type { Obstacle } from './connectionState'
import { actionUrl, controllerUrl } from './urls'

/** The relay streams at least a progress line twice per second; without any for this long it is gone. */
const SILENCE_MS = 30_000

/** JSON from the relay. Fails with a message for the reader. */
export async function fetchJson(url: URL): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(30_000) })
  } catch {
    throw new Error('the relay did not answer')
  }
  if (!response.ok)
    throw new Error((await errorOf(response)) ?? `the relay answered with status ${response.status}`)
  return response.json()
}

/** The last hour of all containers that a controller has kept. */
export async function fetchRecentLoads(base: string): Promise<RecentLoad[]> {
  return decodeRecentLoads(await fetchJson(new URL('api/stats/history', base)))
}

/** The past load of a container since a time in ms, in steps of at least some seconds. */
export async function fetchLoadHistory(
  base: string,
  { controller, name }: { controller: string; name: string },
  since: number,
  step: number,
): Promise<LoadHistory> {
  const url = new URL(`api/container/${encodeURIComponent(name)}/stats/history`, base)
  if (controller !== '') url.searchParams.set('controller', controller)
  url.searchParams.set('since', new Date(since).toISOString())
  url.searchParams.set('step', String(step))
  return decodeLoadHistory(await fetchJson(url))
}

/** Reads JSON lines from the relay, each when it arrives. Never fails; ends when the signal aborts. */
export async function fetchLines(
  url: URL,
  onLine: (json: unknown) => void,
  signal: AbortSignal,
): Promise<LinesEnd> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (!response.ok) {
      const reason = (await errorOf(response)) ?? `the relay answered with status ${response.status}`
      return { ended: false, status: response.status, reason }
    }
    const lines = new JsonLines(onLine)
    const pieces = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await pieces.read()
      if (done) return { ended: true }
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      lines.push(value)
    }
  } catch {
    return { ended: false, status: null, reason: 'the relay did not answer' }
  } finally {
    clearTimeout(timer)
    silence.abort() // Ends the search at the relay if its lines could not be read.
  }
}

/** What keeps this page's WebSocket from the relay; null when the relay cannot accept one now. */
export async function fetchObstacle(url: string): Promise<Obstacle | null> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5000) })
  if (response.status === 401) return { kind: 'signin' }
  if (response.status === 403) {
    return { kind: 'refused', reason: (await errorOf(response)) ?? `status ${response.status}` }
  }
  if (!response.ok) return null
  const session = (await response.json()) as { ok?: unknown; reason?: unknown; refused?: unknown }
  if (session.ok === true) return { kind: 'upgrade' }
  if (session.refused === 'sign-in') return { kind: 'signin' }
  return session.refused === 'origin' ? { kind: 'origin', reason: String(session.reason) } : null
}

/** Requests an action on a container. Resolves to null when the relay accepted it, else to the reason. */
export function requestAction(
  base: string,
  controller: string,
  name: string,
  action: ActionName,
): Promise<string | null> {
  return request('POST', actionUrl(base, controller, name, action))
}

/** Requests that a host that is away is no longer listed. Resolves to null when it is done, else to the reason. */
export function requestDismissal(base: string, controller: string): Promise<string | null> {
  return request('DELETE', controllerUrl(base, controller))
}

async function request(method: 'POST' | 'DELETE', url: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method,
      keepalive: true, // It is sent even if the page closes now.
      signal: AbortSignal.timeout(15_000),
    })
    if (response.ok) return null
    return (await errorOf(response)) ?? `The relay answered with status ${response.status}.`
  } catch {
    return 'The relay did not answer.'
  }
}

/** Resolves to the relay's answer to a change; null if it has no body. Fails with a message for the reader. */
export async function sendJson(method: 'POST' | 'DELETE', url: URL, body?: unknown): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(url, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
  } catch {
    throw new Error('The relay did not answer.')
  }
  if (!response.ok)
    throw new Error((await errorOf(response)) ?? `The relay answered with status ${response.status}.`)
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}

/** The message in a REST error; null when there is none. */
export async function errorOf(response: Response): Promise<string | null> {
  try {
    const body = (await response.json()) as { error?: unknown }
    return typeof body.error === 'string' ? body.error : null
  } catch {
    return null
  }
}
