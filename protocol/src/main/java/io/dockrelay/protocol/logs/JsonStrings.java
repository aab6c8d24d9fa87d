package io.dockrelay.protocol.logs;

import java.util.Arrays;

/** Reads JSON arrays of strings into blocks of lines without decoding the strings. */
public final class JsonStrings {

    private JsonStrings() {}

    /**
     * Reads the string literals of an array into a block; the bytes are taken as they are.
     *
     * @param bytes well-formed JSON
     * @param from right after the array's opening bracket
     * @param to right before its closing bracket, or after it
     * @param streams one letter per line; if null or too short, the rest counts as stdout
     * @return the lines up to the closing bracket or {@code to}
     * @throws IllegalArgumentException when the array has anything but strings
     */
    public static LineBlock block(byte[] bytes, int from, int to, String streams) {
        int[] bounds = new int[32];
        int count = 0;
        int size = 0;
        int at = skipBlanks(bytes, from, to);
        while (at < to && bytes[at] != ']') {
            if (bytes[at] != '"') {
                throw new IllegalArgumentException("not an array of strings");
            }
            bounds = 2 * count == bounds.length ? Arrays.copyOf(bounds, count * 4) : bounds;
            bounds[2 * count] = at;
            at = endOfString(bytes, at, to);
            bounds[2 * count + 1] = at;
            size += at - bounds[2 * count] + 1;
            count++;
            at = skipComma(bytes, at, to);
        }
        return count == 0 ? LineBlock.EMPTY : assemble(bytes, bounds, new byte[size - 1], letters(streams, count));
    }

    /** Copies the literals side by side, without the blanks between them. */
    private static LineBlock assemble(byte[] bytes, int[] bounds, byte[] json, byte[] letters) {
        int[] starts = new int[letters.length];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            if (i > 0) {
                json[at++] = ',';
            }
            starts[i] = at;
            int length = bounds[2 * i + 1] - bounds[2 * i];
            System.arraycopy(bytes, bounds[2 * i], json, at, length);
            at += length;
        }
        return new LineBlock(json, starts, letters);
    }

    private static int endOfString(byte[] bytes, int quote, int to) {
        int at = quote + 1;
        while (at < to && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= to) {
            throw new IllegalArgumentException("a string without an end");
        }
        return at + 1;
    }

    private static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int skipComma(byte[] bytes, int from, int to) {
        int at = skipBlanks(bytes, from, to);
        if (at < to && bytes[at] == ',') {
            return skipBlanks(bytes, at + 1, to);
        }
        if (at < to && bytes[at] != ']') {
            throw new IllegalArgumentException("not an array of strings");
        }
        return at;
    }

    private static byte[] letters(String streams, int count) {
        byte[] letters = new byte[count];
        for (int i = 0; i < count; i++) {
            letters[i] = (byte) (streams != null && i < streams.length() && streams.charAt(i) == 'e' ? 'e' : 'o');
        }
        return letters;
    }
}
