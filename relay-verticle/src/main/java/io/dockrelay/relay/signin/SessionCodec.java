package io.dockrelay.relay.signin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import io.dockrelay.relay.signin.sealed.Sealer;

/**
 * Claims as the value of a cookie, and back: AES-256 in GCM, which encrypts and authenticates. Every relay with the same key
 * reads the cookies of the others. For one thread.
 */
final class SessionCodec {

    private static final int LONGEST_COOKIE = 1024;

    private final Sealer sealer;
    private final String cookieId;

    /** @param key 32 bytes */
    SessionCodec(byte[] key) {
        this.sealer = new Sealer(Sealer.derived(key, "encryption"), "dockrelay session 1");
        this.cookieId = HexFormat.of().formatHex(Sealer.derived(key, "cookie name"), 0, 4);
    }

    /** Part of the cookie's name: relays with other keys on the same host have other cookies. Does not reveal the key. */
    String cookieId() {
        return cookieId;
    }

    String seal(SessionClaims claims) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealer.seal(bytes(claims)));
    }

    /** Empty for a text that this key has not sealed, whatever is wrong with it. */
    Optional<SessionClaims> open(String cookie) {
        if (cookie.length() > LONGEST_COOKIE) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> plain = sealer.open(Base64.getUrlDecoder().decode(cookie));
            return plain.isEmpty() ? Optional.empty() : Optional.of(claims(plain.get()));
        } catch (IllegalArgumentException | IOException forged) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(SessionClaims claims) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(claims.id());
            out.writeUTF(claims.name());
            out.writeUTF(claims.generation());
            out.writeLong(claims.started().getEpochSecond());
            out.writeLong(claims.seen().getEpochSecond());
        } catch (IOException impossible) {
            throw new IllegalStateException("a session cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static SessionClaims claims(byte[] plain) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(plain));
        return new SessionClaims(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                Instant.ofEpochSecond(in.readLong()),
                Instant.ofEpochSecond(in.readLong()));
    }
}
