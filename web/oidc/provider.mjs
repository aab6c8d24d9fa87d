// The provider that the tests of sign-in use; see README.md.
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import Provider from 'oidc-provider'
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js'
import { tampered } from './faults.mjs'

const { ISSUER_PORT = '0', REDIRECT, LOGGED_OUT } = process.env

/** What a test has chosen. */
const nothing = { user: 'anna', deny: false, fault: null, away: false }
const chosen = { ...nothing }
/** Per user; without an entry a user has no groups. */
const groups = new Map()
/** Requests per path. */
const requests = new Map()

let keys = 0
function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${++keys}`, use: 'sig', alg: 'RS256' }
}

const client = {
  redirect_uris: [REDIRECT],
  post_logout_redirect_uris: [LOGGED_OUT],
  response_types: ['code'],
}

const adapter = createMemoryAdapter()

/** A provider with one signing key; grants and sessions are those of every provider in this process. */
function provider(issuer, key) {
  const made = new Provider(issuer, {
    clients: [
      {
        ...client,
        client_id: 'dockrelay',
        client_secret: 'the-secret-of-the-relay',
        grant_types: ['authorization_code', 'refresh_token'],
      },
      {
        ...client,
        client_id: 'public',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
      },
    ],
    adapter,
    jwks: { keys: [key] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { logoutSource },
    },
    issueRefreshToken: (ctx, of) => of.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        preferred_username: sub,
        email: `${sub}@example.com`,
        groups: groups.get(sub) ?? [],
      }),
    }),
    loadExistingGrant: existingGrant,
    renderError: (ctx, out) => {
      ctx.body = out
    },
  })
  made.use(async (ctx, next) => {
    await next()
    if (ctx.oidc?.route === 'token' && ctx.body?.id_token && chosen.fault) {
      ctx.body = await tampered(ctx.body, chosen.fault, key)
    }
  })
  return made
}

/** The provider's own page loads a font of another site. */
async function logoutSource(ctx, form) {
  ctx.body = `<!DOCTYPE html><html lang="en"><title>Sign out</title>${form}
    <button form="op.logoutForm" name="logout" value="yes">Sign out</button></html>`
}

/** Each user consents to everything. */
async function existingGrant(ctx) {
  const { Grant } = ctx.oidc.provider
  const known = ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId)
  const grant = known && (await Grant.find(known))
  if (grant) return grant
  const made = new Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
  made.addOIDCScope('openid profile email groups')
  granted.push({ user: ctx.oidc.session.accountId, id: await made.save() })
  return made
}
const granted = []

let current
let handle

/** Finishes a sign-in as the chosen user, without a form. */
async function interact(request, response) {
  const result = chosen.deny
    ? { error: 'access_denied', error_description: 'the user has declined' }
    : { login: { accountId: chosen.user } }
  await current.interactionFinished(request, response, result)
}

const server = http.createServer((request, response) => {
  const path = request.url.split('?')[0]
  requests.set(path, (requests.get(path) ?? 0) + 1)
  if (chosen.away) request.socket.destroy()
  else if (path === '/favicon.ico') response.writeHead(204).end()
  else if (path.startsWith('/interaction/')) interact(request, response).catch((e) => response.end(String(e)))
  else handle(request, response)
})

const commands = {
  async set(values) {
    Object.assign(chosen, values)
  },
  async reset() {
    Object.assign(chosen, nothing)
    groups.clear()
  },
  async groups({ user, names }) {
    groups.set(user, names)
  },
  /** Ends all that the user has allowed. */
  async revoke({ user }) {
    for (const { id } of granted.filter((grant) => grant.user === user)) {
      await current.AccessToken.revokeByGrantId(id)
      await current.RefreshToken.revokeByGrantId(id)
      await (await current.Grant.find(id))?.destroy()
    }
  },
  async rotate() {
    use(newKey())
  },
  async count({ path }) {
    return { count: requests.get(path) ?? 0 }
  },
}

const control = http.createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  const answer = await commands[request.url.slice(1)](JSON.parse(body || '{}'))
  response.end(JSON.stringify(answer ?? {}))
})

server.listen(Number(ISSUER_PORT), '127.0.0.1')
control.listen(0, '127.0.0.1')
await Promise.all([once(server, 'listening'), once(control, 'listening')])
const issuer = `http://127.0.0.1:${server.address().port}`

function use(key) {
  current = provider(issuer, key)
  handle = current.callback()
}
use(newKey())
console.log(`ready ${server.address().port} ${control.address().port}`)
// The test that started it may be gone.
process.stdin.on('end', () => process.exit()).resume()
