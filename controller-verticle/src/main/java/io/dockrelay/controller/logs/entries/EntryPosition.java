package io.dockrelay.controller.logs.entries;

import java.time.Instant;

import io.dockrelay.protocol.logs.Cursor;

/** What identifies an engine entry, as a reused struct; a {@link Cursor} is made of it only where one is sent. */
public final class EntryPosition {

    public long seconds;
    public int nanos;

    /** {@code 'o'} or {@code 'e'}; 0 while nothing was read. */
    public char stream;

    public long hash;

    /** How many equal entries the store holds before this one, as far as the read reached back. */
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

    /** Whether anything was read at all. */
    public boolean known() {
        return stream != 0;
    }

    public Cursor cursor(String containerId) {
        return new Cursor(containerId, Instant.ofEpochSecond(seconds, nanos), stream, hash, ordinal);
    }

    /** Whether this is the cursor's entry, in the cursor's own container. */
    public boolean is(Cursor cursor) {
        return hash == cursor.hash()
                && stream == cursor.stream()
                && ordinal == cursor.ordinal()
                && compareTime(cursor.timestamp()) == 0;
    }

    boolean is(EntryPosition other) {
        return sameTime(other) && hash == other.hash && stream == other.stream && ordinal == other.ordinal;
    }

    public boolean sameTime(EntryPosition other) {
        return seconds == other.seconds && nanos == other.nanos;
    }

    public int compareTime(Instant instant) {
        int bySeconds = Long.compare(seconds, instant.getEpochSecond());
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, instant.getNano());
    }
}
