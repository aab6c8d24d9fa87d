package io.dockrelay.relay.signin.tokens;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a program sends: {@code dockrelay_ID_SECRET}. The beginning lets scanners find a token that was published by
 * mistake; the id, which is no secret, says which one it is. The secret has 256 random bits, so its hash needs no salt and no
 * slow function. Immutable.
 */
public final class TokenSecret {

    public static final String PREFIX = "dockrelay_";

    /** Of letters and digits, so that a double click selects the whole text; 12 are 62 bits, 50 are 258 bits. */
    private static final int ID_LENGTH = 12;

    private static final int SECRET_LENGTH = 50;

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([0-9a-z]{" + ID_LENGTH + "})_([0-9a-z]{" + SECRET_LENGTH + "})");

    private static final int SECRET_BITS = 256;
    private static final int ID_BITS = 62;
    private static final int BASE = 36;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final String text;

    private TokenSecret(String id, String text) {
        this.id = id;
        this.text = text;
    }

    public static TokenSecret random() {
        String id = random(ID_BITS, ID_LENGTH);
        return new TokenSecret(id, PREFIX + id + "_" + random(SECRET_BITS, SECRET_LENGTH));
    }

    /** Empty for a text that is no token of this program. */
    public static Optional<TokenSecret> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new TokenSecret(form.group(1), text)) : Optional.empty();
    }

    /** Public: in the file and in lists. */
    public String id() {
        return id;
    }

    /** For the one who made it, once. */
    public String reveal() {
        return text;
    }

    /** SHA-256 of the whole text. */
    public byte[] hash() {
        return sha256(text);
    }

    /** Of a text with enough randomness. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }

    private static String random(int bits, int length) {
        String digits = new BigInteger(bits, RANDOM).toString(BASE);
        return "0".repeat(length - digits.length()) + digits;
    }
}
