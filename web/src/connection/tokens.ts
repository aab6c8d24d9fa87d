import { fetchJson, sendJson } from './http'

/** Where a token holds: patterns by kind; absent for all. */
export interface TokenPlace {
  host?: string[]
  project?: string[]
  service?: string[]
  label?: string[]
}

/** An API token, without its secret. Times in ms. */
export interface ApiToken {
  id: string
  name: string
  /** The user who made it; null for one that a command has made for the machine itself. */
  maker: string | null
  own: boolean
  /** The beginning of its text, which is no secret. */
  start: string
  permissions: string[]
  place: TokenPlace
  expires: number
  expired: boolean
  /** Null before the first use. */
  lastUse: number | null
}

/** All tokens that the reader may see, and the permissions that a new one can have. */
export interface TokenList {
  tokens: ApiToken[]
  permissions: string[]
}

/** What is asked for. */
export interface TokenRequest {
  name: string
  permissions: string[]
  place: TokenPlace
  days: number
}

/** Fails with a message for the reader. */
export async function fetchTokens(base: string): Promise<TokenList> {
  return decodeTokens(await fetchJson(new URL('api/tokens', base)))
}

/** Resolves to the whole text of the new token, which is not shown again. Fails with a message for the reader. */
export async function requestToken(base: string, token: TokenRequest): Promise<string> {
  const answer = await sendJson('POST', new URL('api/tokens', base), token)
  return String((answer as { secret?: unknown }).secret)
}

/** Fails with a message for the reader. */
export async function requestRevocation(base: string, id: string): Promise<void> {
  await sendJson('DELETE', new URL(`api/tokens/${encodeURIComponent(id)}`, base))
}

export function decodeTokens(json: unknown): TokenList {
  const { tokens, permissions } = (json ?? {}) as Record<string, unknown>
  return {
    tokens: Array.isArray(tokens) ? tokens.map(decodeToken) : [],
    permissions: texts(permissions),
  }
}

function decodeToken(json: unknown): ApiToken {
  const { id, name, maker, own, start, permissions, place, expires, expired, last_use } = (json ??
    {}) as Record<string, unknown>
  return {
    id: String(id),
    name: String(name),
    maker: typeof maker === 'string' ? maker : null,
    own: own === true,
    start: String(start),
    permissions: texts(permissions),
    place: decodePlace(place),
    expires: Date.parse(String(expires)),
    expired: expired === true,
    lastUse: typeof last_use === 'string' ? Date.parse(last_use) : null,
  }
}

function decodePlace(json: unknown): TokenPlace {
  const fields = Object.entries((json ?? {}) as Record<string, unknown>)
  return Object.fromEntries(fields.map(([kind, patterns]) => [kind, texts(patterns)]))
}

function texts(json: unknown): string[] {
  return Array.isArray(json) ? json.map(String) : []
}
