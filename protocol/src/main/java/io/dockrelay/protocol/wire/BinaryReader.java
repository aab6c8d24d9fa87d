package io.dockrelay.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.protocol.logs.BinaryLines;

/** Reads the parts of a binary message one after the other; refuses to read beyond its end. For one message. */
final class BinaryReader {

    private static final int NO_TEXT = 0xffff;
    private static final int LONGEST_POSITION = 512;

    private final ByteBuffer in;
    private int at;

    BinaryReader(byte[] message) {
        in = ByteBuffer.wrap(message);
    }

    byte octet() {
        return in.get(next(1));
    }

    int number() {
        return in.getInt(next(Integer.BYTES));
    }

    /** A text in UTF-8 after its length; null when it is absent. */
    String text(int longest) {
        int length = Short.toUnsignedInt(in.getShort(next(Short.BYTES)));
        if (length == NO_TEXT) {
            return null;
        }
        if (length > longest) {
            throw new IllegalArgumentException("a text in it is too long");
        }
        int from = next(length);
        return new String(in.array(), from, length, StandardCharsets.UTF_8);
    }

    /** A position, which is base64url; null when it is absent. */
    String position() {
        String position = text(LONGEST_POSITION);
        if (position != null && !isBase64(position)) {
            throw new IllegalArgumentException("a position in it is none");
        }
        return position;
    }

    private static boolean isBase64(String position) {
        for (int i = 0; i < position.length(); i++) {
            char letter = position.charAt(i);
            boolean right = (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9')
                    || letter == '-'
                    || letter == '_';
            if (!right) {
                return false;
            }
        }
        return !position.isEmpty();
    }

    /** The table of {@code count} lines. */
    int[] table(int count) {
        int most = Math.min(in.capacity() - at, count * BinaryLines.LONGEST_ENTRY);
        ByteBuffer bytes = in.slice(at, most);
        int[] table = BinaryLines.readTable(bytes, count);
        at += bytes.position();
        return table;
    }

    /** What follows, as a copy. */
    byte[] rest() {
        return Arrays.copyOfRange(in.array(), at, in.capacity());
    }

    /** Bytes that follow. */
    int left() {
        return in.capacity() - at;
    }

    private int next(int size) {
        if (in.capacity() - at < size) {
            throw new IllegalArgumentException("it ends too early");
        }
        int from = at;
        at += size;
        return from;
    }
}
