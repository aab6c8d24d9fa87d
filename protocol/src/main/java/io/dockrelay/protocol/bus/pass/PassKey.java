package io.dockrelay.protocol.bus.pass;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks passes, with a key that is derived from the controllers' token: passes reveal neither. Immutable;
 * for any thread.
 */
public final class PassKey {

    /** From a pass's making to its expiry. */
    private static final Duration LASTS = Duration.ofSeconds(30);

    /** The farthest expiry that is accepted: the clocks of two machines may differ by the rest of it. */
    static final Duration AT_MOST = Duration.ofMinutes(1);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "dockrelay bus pass 1";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private PassKey(SecretKeySpec key) {
        this.key = key;
    }

    /** The key of this token, for passes only: the token's other uses do not reveal it. */
    public static PassKey of(String token) {
        byte[] derived = hmac(
                new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM),
                PURPOSE.getBytes(StandardCharsets.UTF_8));
        return new PassKey(new SecretKeySpec(derived, ALGORITHM));
    }

    /** A new pass for one call, as a header's value. */
    public String pass(PassedCall call, Instant now) {
        byte[] nonce = new byte[CallPass.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        long expiry = now.plus(LASTS).getEpochSecond();
        return new CallPass(expiry, nonce, hmac(key, call.signed(expiry, nonce))).header();
    }

    /**
     * Why a call must not be answered; empty if its pass is right and was not used before.
     *
     * @param header null for none
     */
    public Optional<PassFault> check(PassedCall call, String header, UsedPasses used, Instant now) {
        if (header == null) {
            return Optional.of(PassFault.MISSING);
        }
        Optional<CallPass> pass = CallPass.of(header);
        if (pass.isEmpty() || !isSigned(pass.get(), call)) {
            return Optional.of(PassFault.WRONG);
        }
        long left = pass.get().expirySeconds() - now.getEpochSecond();
        if (left < 0 || left > AT_MOST.toSeconds()) {
            return Optional.of(PassFault.EXPIRED);
        }
        return used.use(pass.get(), now);
    }

    private boolean isSigned(CallPass pass, PassedCall call) {
        byte[] right = hmac(key, call.signed(pass.expirySeconds(), pass.nonce()));
        return MessageDigest.isEqual(right, pass.signature());
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    @Override
    public String toString() {
        return "(not shown)";
    }
}
