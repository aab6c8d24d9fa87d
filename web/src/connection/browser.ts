import { sessionUrl, socketUrl } from './address'
import type { Socket, World } from './link'

/** The link's world in a browser. */
export function browserWorld(base: string): World {
  return {
    open: () => new WebSocket(socketUrl(base)) as Socket,
    now: () => Date.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
    chance: () => Math.random(),
    refusal: () => refusal(sessionUrl(base)),
    fetchJson: (path) => fetchJson(new URL(path, base)),
  }
}

async function fetchJson(url: URL): Promise<unknown> {
  let answer: Response
  try {
    answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(30_000) })
  } catch {
    throw new Error('the relay did not answer')
  }
  if (!answer.ok)
    throw new Error((await reasonOf(answer)) ?? `the relay answered with status ${answer.status}`)
  return answer.json()
}

async function refusal(url: string): Promise<string | null> {
  const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5000) })
  if (answer.status !== 401 && answer.status !== 403) return null
  return (await reasonOf(answer)) ?? `status ${answer.status}`
}

/** The sentence in a REST error, if there is one. */
export async function reasonOf(answer: Response): Promise<string | null> {
  try {
    const body = (await answer.json()) as { error?: unknown }
    return typeof body.error === 'string' ? body.error : null
  } catch {
    return null
  }
}
