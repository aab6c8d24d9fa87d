package io.dockrelay.relay.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The token that makes the first user: random, in memory only, valid once and for a short time. Owned by the relay's sign-in,
 * on its context.
 */
final class SetUpLink {

    static final Duration VALID = Duration.ofMinutes(10);

    private static final int TOKEN_BYTES = 32;

    /** Null while there is none. */
    private String token;

    private Instant end = Instant.MIN;

    /** A new token; an earlier one is not valid any more. */
    String open(Instant now) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        end = now.plus(VALID);
        return token;
    }

    /** Whether it is the token, and still valid; in constant time. */
    boolean accepts(String given, Instant now) {
        boolean equal = token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        return equal && now.isBefore(end);
    }

    /** No token is valid any more. */
    void close() {
        token = null;
    }
}
