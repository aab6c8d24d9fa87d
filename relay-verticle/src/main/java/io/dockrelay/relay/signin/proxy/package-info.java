/**
 * The headers in which a proxy names the user that it has signed in. In: {@code ProxySignInSettings}, the headers of a request and
 * the address that sent it. Out: the user, or what is wrong. Used by {@code relay.signin}.
 */
package io.dockrelay.relay.signin.proxy;
