import { errorOf } from './http'

/** Who uses this page, as the relay knows it. */
export interface AccountState {
  /** How clients sign in. */
  mode: 'none' | 'users'
  signedIn: boolean
  /** The user's name; null when not signed in. */
  name: string | null
  roles: readonly string[]
  /** Whether there is no user yet. */
  setUp: boolean
}

/** The result of a request that changes the session: the session, or a message for the reader. */
export type AccountAnswer = { state: AccountState; problem: null } | { state: null; problem: string }

const PATIENCE_MS = 15_000

/** The session of this page. Fails when the relay does not answer, or refuses the page. */
export async function fetchAccount(base: string): Promise<AccountState> {
  const response = await fetch(new URL('api/session', base), {
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!response.ok) throw new Error(`status ${response.status}`)
  return decodeAccount(await response.json())
}

export function requestSignIn(base: string, name: string, password: string): Promise<AccountAnswer> {
  return change(base, 'POST', 'api/session', { name, password })
}

export function requestSetUp(
  base: string,
  user: { token: string; name: string; password: string },
): Promise<AccountAnswer> {
  return change(base, 'POST', 'api/setup', user)
}

/** @param everywhere in all browsers of the user */
export function requestSignOut(base: string, everywhere: boolean): Promise<AccountAnswer> {
  return change(base, 'DELETE', everywhere ? 'api/session/everywhere' : 'api/session')
}

async function change(
  base: string,
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<AccountAnswer> {
  try {
    const response = await fetch(new URL(path, base), {
      method,
      ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (response.ok) return { state: decodeAccount(await response.json()), problem: null }
    const reason = await errorOf(response)
    return { state: null, problem: reason ?? `The relay answered with status ${response.status}.` }
  } catch {
    return { state: null, problem: 'The relay did not answer.' }
  }
}

/** An older relay has no modes: then there is no sign-in. */
export function decodeAccount(json: unknown): AccountState {
  const { mode, signedIn, name, roles, setUp } = (json ?? {}) as Record<string, unknown>
  return {
    mode: mode === 'users' ? 'users' : 'none',
    signedIn: signedIn === true,
    name: typeof name === 'string' ? name : null,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    setUp: setUp === true,
  }
}
