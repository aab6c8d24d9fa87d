package io.dockrelay.record;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Ends a line with the hash of all its bytes before: SHA-256, or with a key HMAC-SHA-256. A sealed line is
 * {@code {…,"hash":"HEX"}}, without its newline. Pure; for any thread.
 */
final class LineSeal {

    /** What the first line of all names as the hash of the line before it. */
    static final String NONE = "0".repeat(64);

    private static final byte[] BEFORE = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_DIGITS = 64;
    private static final int LENGTH = BEFORE.length + HASH_DIGITS + AFTER.length;
    private static final HexFormat HEX = HexFormat.of();

    private final Optional<RecordKey> key;

    LineSeal(Optional<RecordKey> key) {
        this.key = key;
    }

    /**
     * The seal of a file.
     *
     * @param id of the key that the file names; null for none
     * @throws RecordException when that key is not the given one
     */
    static LineSeal named(Path file, String id, Optional<RecordKey> key) throws RecordException {
        if (id == null) {
            return new LineSeal(Optional.empty());
        }
        if (key.isEmpty()) {
            throw new RecordException(file + " was written with a key: set recordKeyFile to it");
        }
        if (!id.equals(key.get().id())) {
            throw new RecordException(file + " was written with another key: set recordKeyFile to that one, or"
                    + " recordFolder to a new folder");
        }
        return new LineSeal(key);
    }

    /** The id of the key; null without one. */
    String keyId() {
        return key.map(RecordKey::id).orElse(null);
    }

    /** @param open a JSON object without its closing brace */
    byte[] seal(byte[] open) {
        byte[] line = Arrays.copyOf(open, open.length + LENGTH);
        System.arraycopy(BEFORE, 0, line, open.length, BEFORE.length);
        byte[] digits = HEX.formatHex(hash(open, open.length)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, line, open.length + BEFORE.length, HASH_DIGITS);
        System.arraycopy(AFTER, 0, line, line.length - AFTER.length, AFTER.length);
        return line;
    }

    /** Whether the line is sealed, and unchanged since. Compares in constant time. */
    boolean holds(byte[] line) {
        int open = line.length - LENGTH;
        if (open < 1
                || !Arrays.equals(line, open, open + BEFORE.length, BEFORE, 0, BEFORE.length)
                || !Arrays.equals(line, line.length - AFTER.length, line.length, AFTER, 0, AFTER.length)) {
            return false;
        }
        byte[] expected = HEX.formatHex(hash(line, open)).getBytes(StandardCharsets.US_ASCII);
        int from = open + BEFORE.length;
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(line, from, from + HASH_DIGITS));
    }

    /** The hash at the end of a sealed line. */
    static String hashOf(byte[] line) {
        int to = line.length - AFTER.length;
        return new String(line, to - HASH_DIGITS, HASH_DIGITS, StandardCharsets.US_ASCII);
    }

    private byte[] hash(byte[] bytes, int length) {
        if (key.isPresent()) {
            return key.get().mac(bytes, length);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
