package io.dockrelay.protocol.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Escapes text for a JSON string, into a buffer that is reused. Text is hostile: control characters are escaped, and bytes
 * that are not UTF-8 become U+FFFD, so that the result is always valid JSON in valid UTF-8. For one thread at a time.
 */
public final class JsonEscaper {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LONGEST_ESCAPE = 6;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    /** The escaped text is {@code json[0, size)}. */
    byte[] json = new byte[8192];

    int size;

    private final Utf8Check utf8 = new Utf8Check();

    /** Adds {@code bytes[from, to)}. A character may be cut between two calls. */
    public void text(byte[] bytes, int from, int to) {
        reserve((to - from) * LONGEST_ESCAPE + 2 * LONGEST_ESCAPE);
        int at = from;
        while (at < to) {
            if (utf8.complete()) {
                at = plain(bytes, at, to);
                if (at == to) {
                    return;
                }
            }
            byte next = bytes[at++];
            if (next >= 0 && utf8.complete()) {
                ascii(next);
            } else {
                size = utf8.accept(next, json, size);
                if (utf8.retry()) {
                    ascii(next);
                }
            }
        }
    }

    /** Ends a text: a character that is not complete becomes U+FFFD. */
    public void finish() {
        reserve(LONGEST_ESCAPE + 1);
        size = utf8.finish(json, size);
    }

    /** The escaped text so far; the buffer is empty afterwards. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(json, size);
        size = 0;
        return taken;
    }

    /** Adds a byte that needs no escape; there is room for it. */
    void raw(char next) {
        json[size++] = (byte) next;
    }

    /** Adds bytes that are escaped already. */
    void escaped(byte[] bytes, int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, json, size, length);
        size += length;
    }

    void reserve(int more) {
        if (json.length - size < more) {
            json = Arrays.copyOf(json, Math.max(json.length * 2, size + more));
        }
    }

    /**
     * Copies what needs no escape, eight bytes at a time.
     *
     * @return the index of the first byte that was not copied: one that may need an escape, or one of the last seven
     */
    private int plain(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long special = special(eight);
            // The bytes after the first special one are written too; the next bytes overwrite them.
            LONGS.set(json, size, eight);
            int copied = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) / Byte.SIZE;
            size += copied;
            at += copied;
            if (special != 0) {
                return at;
            }
        }
        return at;
    }

    /**
     * The high bit of each byte that is not ASCII, a control character, a quote or a backslash. Borrows between bytes
     * may set it above such a byte where it should not be, so only the lowest one counts.
     */
    static long special(long eight) {
        long control = eight - SPACES;
        long quote = (eight ^ QUOTES) - ONES;
        long backslash = (eight ^ BACKSLASHES) - ONES;
        return (eight | control | quote | backslash) & HIGH_BITS;
    }

    private void ascii(byte next) {
        if (next >= ' ' && next != '"' && next != '\\') {
            json[size++] = next;
            return;
        }
        json[size++] = '\\';
        switch (next) {
            case '"', '\\' -> json[size++] = next;
            case '\t' -> json[size++] = 't';
            case '\r' -> json[size++] = 'r';
            case '\n' -> json[size++] = 'n';
            default -> {
                json[size++] = 'u';
                json[size++] = '0';
                json[size++] = '0';
                json[size++] = HEX[next >> 4];
                json[size++] = HEX[next & 0xf];
            }
        }
    }
}
