package io.dockrelay.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which lines are sealed, so that a line that fits can be written with it only. Immutable; its text never
 * shows it.
 */
public final class RecordKey {

    /** In bytes: that of the hash. */
    public static final int SHORTEST = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_DIGITS = 12;

    private final SecretKeySpec key;
    private final String id;

    /**
     * @param secret at least {@value #SHORTEST} bytes
     * @throws IllegalArgumentException when it is shorter
     */
    public RecordKey(byte[] secret) {
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException("the record's key has fewer than " + SHORTEST + " bytes");
        }
        this.key = new SecretKeySpec(secret, ALGORITHM);
        byte[] named = mac("the id of a key of the record".getBytes(StandardCharsets.US_ASCII), secret.length);
        this.id = HexFormat.of().formatHex(named).substring(0, ID_DIGITS);
    }

    /** Names the key in the record, and says nothing of it. */
    String id() {
        return id;
    }

    byte[] mac(byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(bytes, 0, Math.min(length, bytes.length));
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey another && MessageDigest.isEqual(key.getEncoded(), another.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "RecordKey[" + id + "]";
    }
}
