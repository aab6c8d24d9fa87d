package io.dockrelay.relay.signin.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The hash of a password by Argon2id (RFC 9106), with its own parameters and salt. Its text is the usual {@code
 * $argon2id$v=19$m=…,t=…,p=…$salt$hash}. Immutable. Hashing takes a core and the memory of the parameters for some 100 ms: not
 * for an event loop.
 */
public final class PasswordHash {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Bounds of what a file may ask for: a relay must not run out of memory because of it. */
    private static final int MOST_MEMORY_KIB = 64 * 1024;

    private static final int MOST_ITERATIONS = 16;
    private static final int MOST_LANES = 8;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})"
                    + "\\$([A-Za-z0-9+/]{22,86})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int memoryKib;
    private final int iterations;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int memoryKib, int iterations, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.iterations = iterations;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /** The hash of a new password, with a new salt. */
    public static PasswordHash of(String password) {
        return of(password, MEMORY_KIB, ITERATIONS);
    }

    /** The same with other parameters. */
    public static PasswordHash of(String password, int memoryKib, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = argon2(password, new PasswordHash(memoryKib, iterations, LANES, salt, new byte[HASH_BYTES]));
        return new PasswordHash(memoryKib, iterations, LANES, salt, hash);
    }

    /** Empty for a text that is no such hash, or whose parameters are out of bounds. */
    public static Optional<PasswordHash> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int memory = Integer.parseInt(parts.group(1));
        int iterations = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        boolean bounded = lanes >= 1
                && lanes <= MOST_LANES
                && iterations >= 1
                && iterations <= MOST_ITERATIONS
                && memory >= 8 * lanes
                && memory <= MOST_MEMORY_KIB;
        return bounded
                ? decoded(parts.group(4))
                        .flatMap(salt -> decoded(parts.group(5))
                                .map(hash -> new PasswordHash(memory, iterations, lanes, salt, hash)))
                : Optional.empty();
    }

    /** Whether it is the hash of this password; takes the same time in both cases. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, argon2(password, this));
    }

    /** As in the users file. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(memoryKib, iterations, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return "(hash of a password)";
    }

    /** A character that can be entered in two ways is the same password. */
    private static byte[] argon2(String password, PasswordHash parameters) {
        byte[] utf8 = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKib)
                .withIterations(parameters.iterations)
                .withParallelism(parameters.lanes)
                .withSalt(parameters.salt)
                .build());
        byte[] out = new byte[parameters.hash.length];
        int unused = generator.generateBytes(utf8, out);
        return out;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
