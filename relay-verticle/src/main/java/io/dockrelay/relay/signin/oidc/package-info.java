/**
 * The part of sign-in that concerns an OpenID Connect provider. In: {@code OidcSettings}, the codes that browsers bring from the
 * provider. Out: {@code ProviderSession}s, which end when the provider ends them.
 *
 * <p>{@code OidcProvider} is the provider, through Vert.x's OAuth 2 client, which {@code Discovery} sets up; {@code TokenReader}
 * verifies its identity tokens, {@code IdTokenCheck} decides what they must say, and {@code UserClaims} what they say of the
 * user. {@code Logins} binds a sign-in to the browser in which it began. {@code ProviderSessions} keeps the sessions and their
 * tokens, {@code ProviderSessionFiles} on the disk, and {@code Confirmations} asks the provider whether they still hold. Used by
 * {@code relay.signin}.
 */
package io.dockrelay.relay.signin.oidc;
