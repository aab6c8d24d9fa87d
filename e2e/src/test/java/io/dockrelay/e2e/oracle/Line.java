package io.dockrelay.e2e.oracle;

import java.time.Instant;

/**
 * One log line, stored by the engine or received by a browser. Two lines are equal when time, stream and text are.
 * Keeps only the beginning of the text, and the length and a hash of all of it.
 *
 * @param nanos since 1970
 * @param stream {@code o} or {@code e}
 */
record Line(long nanos, char stream, String head, int length, int hash) {

    private static final int HEAD = 48;
    private static final int TIMESTAMP_LENGTH = "2025-11-25T22:52:30.123456789Z".length();

    static Line of(Instant at, char stream, String text) {
        long nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        String head = text.length() > HEAD ? text.substring(0, HEAD) : text;
        return new Line(nanos, stream, head, text.length(), text.hashCode());
    }

    /** @param wire timestamp, one space, text */
    static Line ofWire(String wire, char stream) {
        return of(Instant.parse(wire.substring(0, TIMESTAMP_LENGTH)), stream, wire.substring(TIMESTAMP_LENGTH + 1));
    }

    @Override
    public String toString() {
        Instant at = Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
        return at + " " + stream + " \"" + head + (length > head.length() ? "…\" (" + length + " characters)" : "\"");
    }
}
