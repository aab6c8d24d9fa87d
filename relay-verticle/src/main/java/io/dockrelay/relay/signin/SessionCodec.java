package io.dockrelay.relay.signin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Claims as the value of a cookie, and back: AES-256 in GCM, which encrypts and authenticates. Every relay with the same key
 * reads the cookies of the others. For one thread.
 */
final class SessionCodec {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_COOKIE = 1024;
    private static final byte[] PURPOSE = "dockrelay session 1".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final String cookieId;

    /** @param key 32 bytes */
    SessionCodec(byte[] key) {
        this.key = new SecretKeySpec(derived(key, "encryption"), "AES");
        this.cookieId = HexFormat.of().formatHex(derived(key, "cookie name"), 0, 4);
    }

    /** Part of the cookie's name: relays with other keys on the same host have other cookies. Does not reveal the key. */
    String cookieId() {
        return cookieId;
    }

    String seal(SessionClaims claims) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(bytes(claims));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("a session cannot be encrypted", bug);
        }
    }

    /** Empty for a text that this key has not sealed, whatever is wrong with it. */
    Optional<SessionClaims> open(String cookie) {
        if (cookie.length() > LONGEST_COOKIE) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(cookie);
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(claims(plain));
        } catch (IllegalArgumentException | GeneralSecurityException | IOException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PURPOSE);
        return cipher;
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

    private static byte[] derived(byte[] key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(("dockrelay " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("a key cannot be derived", bug);
        }
    }
}
