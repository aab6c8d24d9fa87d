import { errorOf } from './http'

/** Who uses this page, as the relay knows it. */
export interface AccountState {
  /** How clients sign in; none: not at all. */
  ways: readonly Way[]
  signedIn: boolean
  /** The user's name; null when not signed in. */
  name: string | null
  roles: readonly string[]
  /** The groups that a provider or a proxy names. */
  groups: readonly string[]
  /** Whether there is no user yet. */
  setUp: boolean
  /** The name of the identity provider; null without one. */
  provider: string | null
  /** The way by which the user has signed in; null when not signed in. */
  by: Way | null
}

export const WAYS = ['users', 'oidc', 'proxy'] as const
export type Way = (typeof WAYS)[number]

/** The result of a request that changes the session: the session, or a message for the reader. */
export type AccountAnswer =
  { state: AccountState; location: string | null; problem: null } | { state: null; problem: string }

/** Where the browser signs in at the provider, or a message for the reader. */
export type ProviderAnswer = { location: string; problem: null } | { location: null; problem: string }

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

/** @param to where the reader is, as a path below the relay's own */
export async function requestProvider(base: string, to: string): Promise<ProviderAnswer> {
  const { json, problem } = await request(base, 'POST', 'api/session/oidc', { to })
  if (problem !== null) return { location: null, problem }
  const location = locationOf(json)
  return location === null
    ? { location: null, problem: 'The relay did not answer as expected.' }
    : { location, problem: null }
}

async function change(
  base: string,
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<AccountAnswer> {
  const { json, problem } = await request(base, method, path, body)
  return problem === null
    ? { state: decodeAccount(json), location: locationOf(json), problem }
    : { state: null, problem }
}

type Received = { json: unknown; problem: null } | { json?: undefined; problem: string }

async function request(
  base: string,
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Received> {
  try {
    const response = await fetch(new URL(path, base), {
      method,
      ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (response.ok) return { json: await response.json(), problem: null }
    const reason = await errorOf(response)
    return { problem: reason ?? `The relay answered with status ${response.status}.` }
  } catch {
    return { problem: 'The relay did not answer.' }
  }
}

/** An address of the web, such as that of a provider. */
function locationOf(json: unknown): string | null {
  const { location } = (json ?? {}) as Record<string, unknown>
  return typeof location === 'string' && /^https?:\/\//.test(location) ? location : null
}

/** An older relay has no modes: then there is no sign-in. */
export function decodeAccount(json: unknown): AccountState {
  const { mode, signedIn, name, roles, groups, setUp, provider, by } = (json ?? {}) as Record<string, unknown>
  const ways = typeof mode === 'string' ? mode.split('+') : []
  return {
    ways: WAYS.filter((way) => ways.includes(way)),
    signedIn: signedIn === true,
    name: typeof name === 'string' ? name : null,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    groups: Array.isArray(groups) ? groups.map(String) : [],
    setUp: setUp === true,
    provider: typeof provider === 'string' ? provider : null,
    by: WAYS.find((way) => way === by) ?? (signedIn === true ? 'users' : null),
  }
}
