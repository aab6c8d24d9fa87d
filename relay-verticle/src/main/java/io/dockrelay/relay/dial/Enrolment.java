package io.dockrelay.relay.dial;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.dockrelay.relay.signin.tokens.TokenSecret;

/**
 * A controller that may connect to this relay: first with a token, once, and then with its key. Immutable.
 *
 * @param id the public part of the token
 * @param name of the host; empty until the exchange if the maker gave none
 * @param expires the time until which the token can be exchanged
 * @param hash of the token, in hexadecimal digits
 * @param exchange empty until the token was exchanged
 * @param keys that hold: one, or two until the newer one was used
 * @param controller the id that the controller gave at the exchange; empty before
 * @param lastContact as it was last written; empty before the first one
 * @param revoked empty while it holds
 */
record Enrolment(
        String id,
        Optional<String> name,
        Instant created,
        Instant expires,
        String hash,
        Optional<Exchange> exchange,
        List<HostKey> keys,
        Optional<String> controller,
        Optional<Instant> lastContact,
        Optional<Instant> revoked) {

    /** @param nonce hash of the text that allows to repeat it, in hexadecimal digits */
    record Exchange(Instant at, String nonce) {

        boolean isOf(String presented) {
            return MessageDigest.isEqual(HexFormat.of().parseHex(nonce), TokenSecret.sha256(presented));
        }
    }

    Enrolment {
        keys = List.copyOf(keys);
    }

    static Enrolment open(TokenSecret token, Optional<String> name, Instant now, Instant expires) {
        return new Enrolment(
                token.id(),
                name,
                now,
                expires,
                HexFormat.of().formatHex(token.hash()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether this is its token. Takes the same time for every other one. */
    boolean is(TokenSecret token) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hash), token.hash());
    }

    /** Whether its controller may connect. */
    boolean isHost() {
        return revoked.isEmpty() && exchange.isPresent();
    }

    boolean isExpired(Instant now) {
        return exchange.isEmpty() && !now.isBefore(expires);
    }

    /** What the host is called. */
    String hostName() {
        return name.orElse(id);
    }

    /** The key with this text, while it holds. */
    Optional<HostKey> key(TokenSecret secret) {
        return isHost() ? keys.stream().filter(key -> key.is(secret)).findFirst() : Optional.empty();
    }

    /** The newest key that the controller has used. */
    Optional<HostKey> usedKey() {
        return keys.stream().filter(HostKey::used).findFirst();
    }

    /** The token was exchanged for this key. */
    Enrolment exchanged(Exchange done, HostKey key, String host, Optional<String> id) {
        return new Enrolment(
                this.id,
                Optional.of(host),
                created,
                expires,
                hash,
                Optional.of(done),
                List.of(key),
                id,
                lastContact,
                revoked);
    }

    Enrolment withKeys(List<HostKey> now) {
        return new Enrolment(id, name, created, expires, hash, exchange, now, controller, lastContact, revoked);
    }

    Enrolment seen(Instant contact) {
        return new Enrolment(
                id, name, created, expires, hash, exchange, keys, controller, Optional.of(contact), revoked);
    }

    /** Its keys are gone with it. */
    Enrolment revoked(Instant now) {
        return new Enrolment(
                id, name, created, expires, hash, exchange, List.of(), controller, lastContact, Optional.of(now));
    }

    @Override
    public String toString() {
        return "Enrolment[" + id + "]";
    }
}
