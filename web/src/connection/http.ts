import type { ActionName } from '../protocol/types'
import { actionUrl } from './urls'

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

/** Why the relay refuses this page; null when it does not. */
export async function fetchRefusal(url: string): Promise<string | null> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(5000) })
  if (response.status !== 401 && response.status !== 403) return null
  return (await errorOf(response)) ?? `status ${response.status}`
}

/** Requests an action on a container. Resolves to null when the relay accepted it, else to the reason. */
export async function requestAction(
  base: string,
  controller: string,
  name: string,
  action: ActionName,
): Promise<string | null> {
  try {
    const response = await fetch(actionUrl(base, controller, name, action), {
      method: 'POST',
      signal: AbortSignal.timeout(15_000),
    })
    if (response.ok) return null
    return (await errorOf(response)) ?? `The relay answered with status ${response.status}.`
  } catch {
    return 'The relay did not answer.'
  }
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
