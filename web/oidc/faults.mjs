// Identity tokens that a relay must refuse. Each has one fault; everything else is as the provider made it.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { CompactSign } from 'jose'

const without = (name) => (token) => Object.fromEntries(Object.entries(token).filter(([key]) => key !== name))
const seconds = () => Math.floor(Date.now() / 1000)

/** Changes of the claims; the provider signs them. */
const claims = {
  expired: (token) => ({ ...token, iat: seconds() - 7200, exp: seconds() - 3600 }),
  future: (token) => ({ ...token, iat: seconds() + 3600 }),
  'not-before': (token) => ({ ...token, nbf: seconds() + 3600 }),
  'no-expiry': without('exp'),
  'wrong-audience': (token) => ({ ...token, aud: 'another' }),
  'no-audience': without('aud'),
  'empty-audience': (token) => ({ ...token, aud: [] }),
  'several-audiences': (token) => ({ ...token, aud: [token.aud, 'another'] }),
  'wrong-party': (token) => ({ ...token, azp: 'another' }),
  'wrong-issuer': (token) => ({ ...token, iss: 'https://another.example' }),
  'no-issuer': without('iss'),
  'wrong-nonce': (token) => ({ ...token, nonce: 'of-another-sign-in' }),
  'no-nonce': without('nonce'),
  'no-subject': without('sub'),
}

/** Other ways to sign: the header, and the key. */
const signatures = {
  forged: (key) => [{ alg: 'RS256', kid: key.kid }, stranger],
  'unknown-key': () => [{ alg: 'RS256', kid: 'stranger' }, stranger],
  // With the public key, which everyone knows, as the secret.
  hmac: (key) => [
    { alg: 'HS256', kid: key.kid },
    createPublicKey(privateKey(key)).export({ format: 'der', type: 'spki' }),
  ],
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const privateKey = (key) => createPrivateKey({ key, format: 'jwk' })
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The answer of the token address with this fault in its identity token. */
export async function tampered({ id_token: token, ...others }, fault, key) {
  if (fault === 'no-token') return others
  const payload = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  return { ...others, id_token: await withFault(payload, token, fault, key) }
}

async function withFault(payload, token, fault, key) {
  if (fault === 'unsigned') return `${part({ alg: 'none' })}.${part(payload)}.`
  if (fault === 'two-parts') return `${part({ alg: 'none' })}.${part(payload)}`
  if (fault === 'cut') return token.slice(0, -8)
  if (fault === 'no-json') return 'no.token.atall'
  const [header, signer] = signatures[fault]?.(key) ?? [{ alg: 'RS256', kid: key.kid }, privateKey(key)]
  const content = claims[fault]?.(payload) ?? payload
  return new CompactSign(Buffer.from(JSON.stringify(content))).setProtectedHeader(header).sign(signer)
}
