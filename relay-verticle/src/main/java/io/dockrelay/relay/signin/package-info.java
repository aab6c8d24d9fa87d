/**
 * Sign-in at the relay. In: {@code SignInSettings}, requests, the users file. Out: the {@code Authentication} of the relay's
 * listener, the routes below {@code /api/session} and {@code /api/setup}, and the end of sockets whose session is over.
 *
 * <p>{@code SignIns} makes the {@code SignIn} of the settings: {@code NoSignIn} admits the clients of this machine, {@code
 * UserSignIn} those with a session. A session is a cookie: {@code SessionCodec} encrypts its {@code SessionClaims}, {@code SessionCheck} decides
 * whether it holds, {@code SignedOut} keeps those that were ended before their time, {@code LiveSessions} the sockets. {@code
 * PasswordCheck} compares passwords, {@code Attempts} limits it, {@code SetUpLink} makes the first user, {@code
 * SessionRoutes} are the routes.
 *
 * <p>{@code CombinedSignIn} has several ways: {@code OidcSignIn} with {@code OidcRoutes} and {@code OidcCallback} signs in at a
 * provider [signin.oidc], {@code ProxySignIn} takes the user that a proxy names [signin.proxy]. {@code TokenSignIn} is in front
 * of all, for programs [signin.tokens]. What happens is a {@code SignInEvent}, for the record and {@code SignInLog}. Used by the
 * relay's verticle, and by {@code relay.http} for the state of a session.
 */
package io.dockrelay.relay.signin;
