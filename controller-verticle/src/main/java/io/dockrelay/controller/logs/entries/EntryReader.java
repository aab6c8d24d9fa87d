package io.dockrelay.controller.logs.entries;

import io.dockrelay.protocol.logs.EntryHash;

/** Makes an {@link LogEntry} of a range of bytes: its timestamp, its text, and its place among equal ones. */
public final class EntryReader {

    private final LogEntry entry = new LogEntry();
    private final DuplicateCounter out = new DuplicateCounter();
    private final DuplicateCounter err = new DuplicateCounter();
    private final ReadHorizon start;
    private final LogEntry.Sink sink;

    /** @param storeStart whether the read begins with the first entry there is */
    public EntryReader(boolean storeStart, LogEntry.Sink sink) {
        start = new ReadHorizon(storeStart);
        this.sink = sink;
    }

    /** The stamp of the last entry. */
    DockerTimestamp stamp() {
        return entry.stamp;
    }

    /**
     * Hands on the entry that stands in {@code bytes[from, to)}, timestamp first.
     *
     * @return false when no timestamp stands there: the engine's own words in the middle of a log, no entry
     */
    boolean entry(char stream, byte[] bytes, int from, int to, boolean terminated) {
        int text = entry.stamp.parse(bytes, from, to);
        if (text < 0) {
            return false;
        }
        text(stream, bytes, text, to, terminated);
        return true;
    }

    /** Hands on an entry whose timestamp is that of the last one. */
    void text(char stream, byte[] bytes, int from, int to, boolean terminated) {
        DuplicateCounter ordinals = stream == 'e' ? err : out;
        boolean reachesBefore = start.reachesBefore(entry.stamp);
        entry.bytes = bytes;
        entry.from = from;
        entry.to = to;
        entry.terminated = terminated;
        entry.beginningKnown = reachesBefore || !ordinals.isEmpty();
        entry.ordinalExact = reachesBefore || ordinals.reachesBefore(entry.stamp);
        entry.position.seconds = entry.stamp.seconds;
        entry.position.nanos = entry.stamp.nanos;
        entry.position.stream = stream;
        entry.position.hash = EntryHash.of(bytes, from, to);
        entry.position.ordinal = ordinals.next(entry.stamp, entry.position.hash);
        start.saw(entry.stamp);
        sink.entry(entry);
    }
}
