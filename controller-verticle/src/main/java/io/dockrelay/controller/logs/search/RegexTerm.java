package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * A regular expression. A line that does not contain the literal text that each match contains is not searched. Lines in
 * ASCII are searched where they lie; others are decoded. For one thread.
 */
final class RegexTerm implements TextTerm {

    /** Null when nothing is known. */
    private final LiteralTerm needed;

    private final Matcher matcher;
    private final Text text;

    /** @param needed what each match in ASCII contains; null when nothing is known */
    RegexTerm(Pattern pattern, LiteralTerm needed, Cancellation cancellation) {
        this.needed = needed;
        this.matcher = pattern.matcher("");
        this.text = new Text(cancellation);
    }

    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
        boolean ascii = isAscii(bytes, from, to);
        // Beyond ASCII, other characters may count as equal when case is ignored.
        if (ascii && needed != null && !needed.isIn(bytes, from, to)) {
            return false;
        }
        return matcher.reset(ascii ? text.lying(bytes, from, to) : text.decoded(bytes, from, to))
                .find();
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** A line as characters: ASCII bytes where they lie, or decoded. The matcher reads it from the first to the last. */
    private static final class Text implements CharSequence {

        private final Cancellation cancellation;

        /** Null for bytes that are used where they lie. */
        private String decoded;

        private byte[] bytes;
        private int from;
        private int length;

        Text(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        Text lying(byte[] line, int begin, int end) {
            decoded = null;
            bytes = line;
            from = begin;
            length = end - begin;
            return this;
        }

        Text decoded(byte[] line, int begin, int end) {
            decoded = new String(line, begin, end - begin, StandardCharsets.UTF_8);
            length = decoded.length();
            return this;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int at) {
            cancellation.check(at);
            return decoded == null ? (char) bytes[from + at] : decoded.charAt(at);
        }

        @Override
        public CharSequence subSequence(int begin, int end) {
            return toString().substring(begin, end);
        }

        @Override
        public String toString() {
            return decoded == null ? new String(bytes, from, length, StandardCharsets.US_ASCII) : decoded;
        }
    }
}
