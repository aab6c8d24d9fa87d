package io.dockrelay.controller.logs.entries;

import java.time.Instant;

import io.dockrelay.protocol.logs.Cursor;

/** Identifies an entry of the engine. A reused struct; a {@link Cursor} is made from it only when one is sent. */
public final class EntryPosition {

    public long seconds;
    public int nanos;

    /** {@code 'o'} or {@code 'e'}; 0 before the first entry. */
    public char stream;

    public long hash;

    /** How many equal entries the store holds before this one, within the read. */
    public int ordinal;

    public void copyFrom(EntryPosition other) {
        seconds = other.seconds;
        nanos = other.nanos;
        stream = other.stream;
        hash = other.hash;
        ordinal = other.ordinal;
    }

    public void clear() {
        stream = 0;
    }

    /** Whether it holds the position of an entry. */
    public boolean known() {
        return stream != 0;
    }

    public Instant time() {
        return Instant.ofEpochSecond(seconds, nanos);
    }

    public Cursor cursor(String containerId) {
        return new Cursor(containerId, time(), stream, hash, ordinal);
    }

    /** Whether this is the entry of the cursor; the caller knows that the container is the same. */
    public boolean is(Cursor cursor) {
        return hash == cursor.hash()
                && stream == cursor.stream()
                && ordinal == cursor.ordinal()
                && compareTime(cursor.timestamp()) == 0;
    }

    public boolean is(EntryPosition other) {
        return sameTime(other) && hash == other.hash && stream == other.stream && ordinal == other.ordinal;
    }

    /** Whether its time is before that of the other. */
    public boolean isOlderThan(EntryPosition other) {
        return seconds < other.seconds || (seconds == other.seconds && nanos < other.nanos);
    }

    public boolean sameTime(EntryPosition other) {
        return seconds == other.seconds && nanos == other.nanos;
    }

    public int compareTime(Instant instant) {
        int bySeconds = Long.compare(seconds, instant.getEpochSecond());
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, instant.getNano());
    }
}
