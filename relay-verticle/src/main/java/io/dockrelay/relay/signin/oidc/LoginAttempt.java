package io.dockrelay.relay.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A sign-in that has begun in a browser. Immutable.
 *
 * @param state that comes back with the browser
 * @param nonce that comes back in the identity token
 * @param verifier that proves to the provider that the code is for this relay
 * @param to the path inside the page to which the reader returns
 * @param made when it began
 */
public record LoginAttempt(String state, String nonce, String verifier, String to, Instant made) {

    private static final int BYTES = 32;

    /** One slash first, so that no browser takes it for another host. */
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,511}");

    /** @param to any text; one that is no path of the page leads to its beginning */
    static LoginAttempt begin(SecureRandom random, String to, Instant now) {
        return new LoginAttempt(
                token(random),
                token(random),
                token(random),
                to != null && (to.equals("/") || PATH.matcher(to).matches()) ? to : "/",
                now);
    }

    /** What the provider gets first of the verifier: its SHA-256. */
    String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("a verifier cannot be hashed", bug);
        }
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + made + "]";
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
