import type { ActionName } from '../protocol/types'
import { actionUrl } from './address'
import { reasonOf } from './browser'

/** Asks the relay for an action; resolves to null when it was accepted, else to the reason why not. */
export async function requestAction(
  base: string,
  controller: string,
  name: string,
  action: ActionName,
): Promise<string | null> {
  try {
    const answer = await fetch(actionUrl(base, controller, name, action), {
      method: 'POST',
      signal: AbortSignal.timeout(15_000),
    })
    if (answer.ok) return null
    return (await reasonOf(answer)) ?? `The relay answered with status ${answer.status}.`
  } catch {
    return 'The relay did not answer.'
  }
}
