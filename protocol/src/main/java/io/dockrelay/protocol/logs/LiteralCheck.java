package io.dockrelay.protocol.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes of another program are a log line as it travels: a JSON string literal in UTF-8 that begins with a timestamp.
 * They become a part of messages to browsers as they are, so anything else could change the meaning of these messages. Pure;
 * plain text is looked at eight bytes at a time.
 */
final class LiteralCheck {

    /** Of an empty line: two quotes, the timestamp and the space. */
    static final int SHORTEST = LineBlock.TIMESTAMP_LENGTH + 3;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int UNICODE_ESCAPE = 6;

    private LiteralCheck() {}

    /** Whether {@code bytes[from, to)} is a line; the bounds are within the array. */
    static boolean isLine(byte[] bytes, int from, int to) {
        return to - from >= SHORTEST
                && bytes[from] == '"'
                && bytes[to - 1] == '"'
                && hasTimestamp(bytes, from + 1)
                && isText(bytes, from + 1, to - 1);
    }

    private static boolean hasTimestamp(byte[] bytes, int at) {
        return bytes[at + 4] == '-'
                && bytes[at + 7] == '-'
                && bytes[at + 10] == 'T'
                && bytes[at + 13] == ':'
                && bytes[at + 16] == ':'
                && bytes[at + 19] == '.'
                && bytes[at + 29] == 'Z'
                && bytes[at + 30] == ' ';
    }

    private static boolean isText(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = plain(bytes, at, to);
            if (at < to) {
                int length = lengthOfOne(bytes, at, to);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** The index of the first byte that is not plain text, or of one of the last seven. */
    private static int plain(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long special = JsonEscaper.special((long) LONGS.get(bytes, at));
            if (special != 0) {
                return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** Bytes of the character or escape at this place; 0 if there is none. */
    private static int lengthOfOne(byte[] bytes, int at, int to) {
        byte next = bytes[at];
        if (next < 0) {
            return lengthOfCharacter(bytes, at, to);
        }
        if (next == '\\') {
            return lengthOfEscape(bytes, at, to);
        }
        return next < ' ' || next == '"' ? 0 : 1;
    }

    private static int lengthOfEscape(byte[] bytes, int at, int to) {
        if (to - at < 2) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> to - at >= UNICODE_ESCAPE && isHex(bytes, at + 2, at + UNICODE_ESCAPE) ? UNICODE_ESCAPE : 0;
            default -> 0;
        };
    }

    private static boolean isHex(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int lengthOfCharacter(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xff;
        int length = Utf8Check.lengthAfter(lead);
        if (length == 0 || to - at < length || !Utf8Check.continues(lead, bytes[at + 1])) {
            return 0;
        }
        for (int next = at + 2; next < at + length; next++) {
            if (bytes[next] >> 6 != -2) {
                return 0;
            }
        }
        return length;
    }
}
