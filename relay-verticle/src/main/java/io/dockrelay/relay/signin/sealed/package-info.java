/**
 * Encryption of what leaves this program and comes back: cookies, and files with the tokens of a provider. In: bytes and the key
 * of the sessions. Out: bytes that only the same key opens. Used by {@code relay.signin} and {@code relay.signin.oidc}.
 */
package io.dockrelay.relay.signin.sealed;
