package io.dockrelay.relay.dial;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

import io.dockrelay.relay.signin.tokens.TokenSecret;

/**
 * A key of a controller that dials in, without its secret. Immutable.
 *
 * @param id the public part of its text
 * @param hash of its text, in hexadecimal digits
 * @param used whether the controller has connected with it: until then an older one holds as well
 */
record HostKey(String id, Instant created, String hash, boolean used) {

    static HostKey of(TokenSecret secret, Instant now) {
        return new HostKey(secret.id(), now, HexFormat.of().formatHex(secret.hash()), false);
    }

    /** Whether this is the key's text. Takes the same time for every other one. */
    boolean is(TokenSecret secret) {
        return id.equals(secret.id()) && MessageDigest.isEqual(HexFormat.of().parseHex(hash), secret.hash());
    }

    HostKey asUsed() {
        return new HostKey(id, created, hash, true);
    }

    @Override
    public String toString() {
        return "HostKey[" + id + "]";
    }
}
