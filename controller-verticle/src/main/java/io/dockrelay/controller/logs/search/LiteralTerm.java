package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;

/** A literal text, searched as bytes. Ignores the case of ASCII letters only. For one thread. */
final class LiteralTerm implements TextTerm {

    private static final byte[] SAME = new byte[256];
    private static final byte[] SMALL = new byte[256];

    static {
        for (int value = 0; value < 256; value++) {
            SAME[value] = (byte) value;
            SMALL[value] = (byte) (value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value);
        }
    }

    private final byte[] wanted;

    /** What each byte counts as. */
    private final byte[] counts;

    private final Cancellation cancellation;

    /** @param text not empty */
    LiteralTerm(String text, boolean ignoreCase, Cancellation cancellation) {
        this.cancellation = cancellation;
        counts = ignoreCase ? SMALL : SAME;
        wanted = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < wanted.length; at++) {
            wanted[at] = counts[wanted[at] & 0xff];
        }
    }

    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
        byte first = wanted[0];
        int last = to - wanted.length;
        for (int at = from; at <= last; at++) {
            cancellation.check(at);
            if (counts[bytes[at] & 0xff] == first && isAt(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int next = 1; next < wanted.length; next++) {
            if (counts[bytes[at + next] & 0xff] != wanted[next]) {
                return false;
            }
        }
        return true;
    }
}
