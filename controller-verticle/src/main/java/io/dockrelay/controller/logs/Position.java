package io.dockrelay.controller.logs;

import java.time.Instant;

import io.dockrelay.protocol.logs.Cursor;

/** What identifies an engine entry, as a reused struct; a {@link Cursor} is made of it only where one is sent. */
final class Position {

    long seconds;
    int nanos;

    /** {@code 'o'} or {@code 'e'}; 0 while nothing was read. */
    char stream;

    long hash;

    /** How many equal entries the store holds before this one, as far as the read reached back. */
    int ordinal;

    void copyFrom(Position other) {
        seconds = other.seconds;
        nanos = other.nanos;
        stream = other.stream;
        hash = other.hash;
        ordinal = other.ordinal;
    }

    void clear() {
        stream = 0;
    }

    /** Whether anything was read at all. */
    boolean known() {
        return stream != 0;
    }

    Cursor cursor(String containerId) {
        return new Cursor(containerId, Instant.ofEpochSecond(seconds, nanos), stream, hash, ordinal);
    }

    /** Whether this is the cursor's entry, in the cursor's own container. */
    boolean is(Cursor cursor) {
        return hash == cursor.hash()
                && stream == cursor.stream()
                && ordinal == cursor.ordinal()
                && compareTime(cursor.timestamp()) == 0;
    }

    boolean is(Position other) {
        return sameTime(other) && hash == other.hash && stream == other.stream && ordinal == other.ordinal;
    }

    boolean sameTime(Position other) {
        return seconds == other.seconds && nanos == other.nanos;
    }

    int compareTime(Instant instant) {
        int bySeconds = Long.compare(seconds, instant.getEpochSecond());
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, instant.getNano());
    }
}
