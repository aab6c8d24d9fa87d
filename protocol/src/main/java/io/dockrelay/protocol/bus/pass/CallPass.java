package io.dockrelay.protocol.bus.pass;

import java.util.Base64;
import java.util.Optional;

/**
 * A pass as it travels: {@code 1.EXPIRY.NONCE.SIGNATURE}.
 *
 * @param expirySeconds since 1970, by the clock of the program that made it
 * @param nonce random
 * @param signature of the call, the expiry and the nonce
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CallPass(long expirySeconds, byte[] nonce, byte[] signature) {

    static final int NONCE_BYTES = 16;
    static final int SIGNATURE_BYTES = 32;

    private static final String VERSION = "1";
    private static final int LONGEST = 128;

    String header() {
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        return VERSION + "." + expirySeconds + "." + text.encodeToString(nonce) + "." + text.encodeToString(signature);
    }

    /** Empty when the header is none, or of another form. */
    static Optional<CallPass> of(String header) {
        if (header == null || header.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts = header.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION) || !parts[1].matches("\\d{1,12}")) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Base64.getUrlDecoder().decode(parts[2]);
            byte[] signature = Base64.getUrlDecoder().decode(parts[3]);
            return nonce.length == NONCE_BYTES && signature.length == SIGNATURE_BYTES
                    ? Optional.of(new CallPass(Long.parseLong(parts[1]), nonce, signature))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
