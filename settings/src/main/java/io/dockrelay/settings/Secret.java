package io.dockrelay.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A password, token or key of a setting. No text of this object contains it: only {@link #reveal} and {@link #bytes} give it,
 * for the one place that sends it or derives a key. Immutable.
 */
public final class Secret {

    private final byte[] bytes;
    private final byte[] digest;

    Secret(byte[] bytes) {
        this.bytes = bytes.clone();
        this.digest = digest(bytes);
    }

    /** A secret of this text, without any check. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the value. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The value as a text: never for a log line, an answer or an error. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether a client has presented this text. The time that it takes does not depend on where they differ. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(digest, digest(presented.getBytes(StandardCharsets.UTF_8)));
    }

    /** In a time that does not depend on where they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "(secret)";
    }

    private static byte[] digest(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
