package io.dockrelay.controller.logs.levels;

import java.nio.charset.StandardCharsets;

/** The beginning of a line as characters, in a buffer that is reused from line to line. */
final class LineText implements CharSequence {

    /** Characters that JavaScript's {@code \s} means, for a character class: the specification is shared with it. */
    static final String SPACES = "\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    /** No rule looks further into a line than this, in characters. */
    private static final int MAX = 4096 + 64;

    private final char[] chars = new char[MAX];
    private int length;
    private byte last;

    /** Takes the beginning of the UTF-8 text in {@code bytes[from, to)}. */
    void set(byte[] bytes, int from, int to) {
        last = to > from ? bytes[to - 1] : 0;
        int end = Math.min(to, from + MAX);
        for (int at = from; at < end; at++) {
            if (bytes[at] < 0) {
                decode(bytes, from, to);
                return;
            }
            chars[at - from] = (char) bytes[at];
        }
        length = end - from;
    }

    private void decode(byte[] bytes, int from, int to) {
        // A character has three bytes at most for each of its UTF-16 units.
        String text = new String(bytes, from, Math.min(to - from, 3 * MAX), StandardCharsets.UTF_8);
        length = Math.min(text.length(), MAX);
        text.getChars(0, length, chars, 0);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int at) {
        return chars[at];
    }

    /** The character there; 0 after the end. */
    char at(int at) {
        return at < length ? chars[at] : 0;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new String(chars, from, to - from);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }

    /** Whether the whole line ends with this ASCII character, however long it is. */
    boolean endsWith(char ascii) {
        return last == ascii;
    }

    boolean startsWith(String prefix) {
        return hasAt(0, prefix);
    }

    boolean hasAt(int at, String part) {
        return at + part.length() <= length && regionEquals(at, at + part.length(), part);
    }

    /** Where the blanks from this place on end. */
    int afterBlanks(int from, int end) {
        int at = from;
        while (at < end && isSpace(chars[at])) {
            at++;
        }
        return at;
    }

    /** Where the blanks before {@code to} begin. */
    int beforeBlanks(int from, int to) {
        int at = to;
        while (at > from && isSpace(chars[at - 1])) {
            at--;
        }
        return at;
    }

    /** Whether {@code [from, to)} is this text. */
    boolean regionEquals(int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (chars[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The same for a text in small ASCII letters, whatever the case here. */
    boolean regionEqualsIgnoringCase(int from, int to, String small) {
        if (to - from != small.length()) {
            return false;
        }
        for (int i = 0; i < small.length(); i++) {
            if (small(chars[from + i]) != small.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static char small(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    static boolean isLetter(char c) {
        return small(c) >= 'a' && small(c) <= 'z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** What {@code \w} means. */
    static boolean isWord(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }

    /** What {@link #SPACES} means. */
    static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u00a0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200a')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000'
                || c == '\ufeff';
    }
}
