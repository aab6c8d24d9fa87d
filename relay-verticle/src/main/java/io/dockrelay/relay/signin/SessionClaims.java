package io.dockrelay.relay.signin;

import java.time.Instant;

/**
 * What the cookie of a session contains, encrypted. Immutable.
 *
 * @param id of the session, random; another one with each sign-in
 * @param name of the user
 * @param generation of the user's sessions at that time
 * @param started when the user signed in, in whole seconds
 * @param seen when the cookie was made, in whole seconds
 */
record SessionClaims(String id, String name, String generation, Instant started, Instant seen) {

    SessionClaims seenAt(Instant now) {
        return new SessionClaims(id, name, generation, started, now);
    }
}
