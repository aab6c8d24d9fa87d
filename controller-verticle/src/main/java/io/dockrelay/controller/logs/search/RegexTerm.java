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
    private final AsciiView view = new AsciiView();

    /** @param needed what each match in ASCII contains; null when nothing is known */
    RegexTerm(Pattern pattern, LiteralTerm needed) {
        this.needed = needed;
        this.matcher = pattern.matcher("");
    }

    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
        boolean ascii = AsciiView.fits(bytes, from, to);
        // Beyond ASCII, other characters may count as equal when case is ignored.
        if (ascii && needed != null && !needed.isIn(bytes, from, to)) {
            return false;
        }
        CharSequence text =
                ascii ? view.of(bytes, from, to) : new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return matcher.reset(text).find();
    }

    /** ASCII bytes as characters, where they lie. */
    private static final class AsciiView implements CharSequence {

        private byte[] bytes;
        private int from;
        private int to;

        static boolean fits(byte[] bytes, int from, int to) {
            for (int at = from; at < to; at++) {
                if (bytes[at] < 0) {
                    return false;
                }
            }
            return true;
        }

        AsciiView of(byte[] line, int begin, int end) {
            bytes = line;
            from = begin;
            to = end;
            return this;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int at) {
            return (char) bytes[from + at];
        }

        @Override
        public CharSequence subSequence(int begin, int end) {
            return new String(bytes, from + begin, end - begin, StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
    }
}
