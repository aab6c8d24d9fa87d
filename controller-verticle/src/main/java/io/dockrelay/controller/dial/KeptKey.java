package io.dockrelay.controller.dial;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a controller keeps of its enrolment. Immutable.
 *
 * @param key for the relay; null before the first exchange
 * @param tokenSha256 of the token that was exchanged for it; null before
 * @param pendingSha256 of a token whose exchange has begun; null while there is none
 * @param nonce with which that exchange can be repeated; null like {@code pendingSha256}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptKey(String key, String tokenSha256, String pendingSha256, String nonce) {

    static final KeptKey NONE = new KeptKey(null, null, null, null);

    Optional<String> current() {
        return Optional.ofNullable(key);
    }

    /** Whether the key, if there is one, is of another token. */
    boolean isOfOther(String token) {
        return key == null || !token.equals(tokenSha256);
    }

    /** The exchange of a token begins. One that has begun before is repeated. */
    KeptKey exchanging(String token, String random) {
        return token.equals(pendingSha256) ? this : new KeptKey(key, tokenSha256, token, random);
    }

    KeptKey exchanged(String token, String given) {
        return new KeptKey(given, token, null, null);
    }

    KeptKey replaced(String given) {
        return new KeptKey(given, tokenSha256, pendingSha256, nonce);
    }

    @Override
    public String toString() {
        return "KeptKey";
    }
}
