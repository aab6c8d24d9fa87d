/**
 * API tokens: what a program shows instead of a session. In: the tokens file, which commands and relays edit under a lock;
 * secrets and tickets that clients present. Out: the token that a secret is of, while it holds; its scope; the end of the
 * sockets of a token that has ended.
 *
 * <p>{@code TokenDesk} is the relay's whole part. {@code ApiToken} in {@code Tokens}: {@code TokensFormat} is the form of the
 * file, {@code TokensFile} reads and edits it, {@code TokensWatch} keeps a relay's copy. {@code TokenSecret} is the text that
 * a program has, {@code NewToken} what was asked for, {@code TokenMaker} in whose name. {@code TokenUses} keeps when each was used last, {@code Tickets} the
 * one-use tickets, {@code LiveTokens} the sockets. {@code TokenMakers} knows which
 * makers still exist, {@code TokenReports} says what was made and revoked. Used by {@code relay.signin}, by the routes in {@code relay.http}, and by
 * the {@code token} command.
 */
package io.dockrelay.relay.signin.tokens;
