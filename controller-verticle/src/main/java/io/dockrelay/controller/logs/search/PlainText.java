package io.dockrelay.controller.logs.search;

/**
 * What a reader sees of a line: the text after the last carriage return, without escape sequences, and with symbols for
 * control characters. The same as the dashboard's {@code plainText.ts}. A line without any is used where it lies. Reused from
 * line to line; for one thread.
 */
final class PlainText {

    /** Docker cuts a line without an end at this length, maybe inside an overwrite: its last part is incomplete then. */
    private static final int CUT_LENGTH = 16 * 1024;

    /** Bytes with which something begins that a reader does not see as it is. */
    private static final boolean[] SPECIAL = new boolean[256];

    static {
        for (int value = 0; value < ' '; value++) {
            SPECIAL[value] = value != '\t' && value != '\n';
        }
        SPECIAL[0x7f] = true;
        SPECIAL[0xC2] = true; // C1 control characters
        SPECIAL[0xE2] = true; // those that change the text direction, and line separators
    }

    /** The text is {@code bytes[from, to)}. */
    byte[] bytes;

    int from;
    int to;

    private byte[] copy = new byte[512];

    void set(byte[] line, int begin, int end) {
        bytes = line;
        from = begin;
        to = end;
        for (int at = begin; at < end; at++) {
            if (SPECIAL[line[at] & 0xff]) {
                copyVisible();
                return;
            }
        }
    }

    private void copyVisible() {
        byte[] line = bytes;
        lastOverwrite();
        if (copy.length < (to - from) * 3) {
            copy = new byte[(to - from) * 3];
        }
        int size = 0;
        for (int at = from; at < to; ) {
            int after = SPECIAL[line[at] & 0xff] ? EscapeSequences.end(line, at, to) : at;
            if (after > at) {
                at = after;
                continue;
            }
            int replaced = replaced(line, at, size);
            if (replaced > 0) {
                size += 3;
                at += replaced;
            } else {
                copy[size++] = line[at++];
            }
        }
        bytes = copy;
        from = 0;
        to = size;
    }

    /** Moves the ends to the visible text after carriage returns, as of a progress bar. */
    private void lastOverwrite() {
        int begin = from;
        int end = to;
        int last = lastReturn(begin, end);
        if (last < 0) {
            return;
        }
        if (end - begin >= CUT_LENGTH && lastReturn(begin, last) >= 0) {
            end = last;
            last = lastReturn(begin, end);
        }
        while (last == end - 1 && last >= begin) {
            end = last;
            last = lastReturn(begin, end);
        }
        from = last < 0 ? begin : last + 1;
        to = end;
    }

    private int lastReturn(int begin, int end) {
        int at = end - 1;
        while (at >= begin && bytes[at] != '\r') {
            at--;
        }
        return at < begin ? -1 : at;
    }

    /** Writes three bytes for a control character; returns its length, 0 for any other character. */
    private int replaced(byte[] line, int at, int size) {
        int value = line[at] & 0xff;
        if (value == 0x7f || (value < ' ' && SPECIAL[value])) {
            put(size, 0xE2, 0x90, value == 0x7f ? 0xA1 : 0x80 + value);
            return 1;
        }
        int length = hiddenLength(line, at, to);
        if (length > 0) {
            put(size, 0xEF, 0xBF, 0xBD);
        }
        return length;
    }

    /** Length of a control character, or one that changes the text direction, beyond ASCII; 0 for any other character. */
    private static int hiddenLength(byte[] line, int at, int to) {
        int first = line[at] & 0xff;
        int second = at + 1 < to ? line[at + 1] & 0xff : 0;
        if (first == 0xC2 && second >= 0x80 && second <= 0x9F) {
            return 2;
        }
        int third = at + 2 < to ? line[at + 2] & 0xff : 0;
        boolean direction = (second == 0x80 && third >= 0xA8 && third <= 0xAE)
                || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
        return first == 0xE2 && direction ? 3 : 0;
    }

    private void put(int at, int one, int two, int three) {
        copy[at] = (byte) one;
        copy[at + 1] = (byte) two;
        copy[at + 2] = (byte) three;
    }
}
