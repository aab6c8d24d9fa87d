package io.dockrelay.relay.signin.sealed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates bytes: AES-256 in GCM with a random nonce. What is sealed for one purpose cannot be opened for
 * another. For any thread.
 */
public final class Sealer {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final byte[] purpose;

    /**
     * @param key 32 bytes
     * @param purpose authenticated with each text
     */
    public Sealer(byte[] key, String purpose) {
        this.key = new SecretKeySpec(key, "AES");
        this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
    }

    /** Another key of 32 bytes, which does not reveal the one that it is derived from. */
    public static byte[] derived(byte[] key, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(("dockrelay " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("a key cannot be derived", bug);
        }
    }

    public byte[] seal(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("a secret cannot be encrypted", bug);
        }
    }

    /** Empty for bytes that this key has not sealed for this purpose, whatever is wrong with them. */
    public Optional<byte[]> open(byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose);
        return cipher;
    }
}
