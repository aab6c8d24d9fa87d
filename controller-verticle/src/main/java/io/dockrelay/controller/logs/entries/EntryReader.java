package io.dockrelay.controller.logs.entries;

import io.dockrelay.protocol.logs.EntryHash;

/**
 * Makes a {@link LogEntry} from a range of bytes: timestamp, text, and its ordinal among equal entries. One per read; the
 * entry is reused.
 */
public final class EntryReader {

    private final LogEntry entry = new LogEntry();
    private final DuplicateCounter out = new DuplicateCounter();
    private final DuplicateCounter err = new DuplicateCounter();
    private final ReadHorizon horizon;
    private final LogEntry.Sink next;

    /**
     * @param storeStart whether the read starts with the first entry of the store
     * @param next takes the entries
     */
    public EntryReader(boolean storeStart, LogEntry.Sink next) {
        horizon = new ReadHorizon(storeStart);
        this.next = next;
    }

    /**
     * Passes on the entry in {@code bytes[from, to)}, which starts with its timestamp.
     *
     * @return false when there is no timestamp: a message of the engine itself, not an entry
     */
    boolean entry(char stream, byte[] bytes, int from, int to, boolean terminated) {
        int text = entry.stamp.parse(bytes, from, to);
        if (text < 0) {
            return false;
        }
        text(stream, bytes, text, to, terminated);
        return true;
    }

    /** Passes on an entry that has the timestamp of the last one. */
    void text(char stream, byte[] bytes, int from, int to, boolean terminated) {
        DuplicateCounter duplicates = stream == 'e' ? err : out;
        boolean reachesBefore = horizon.reachesBefore(entry.stamp);
        entry.bytes = bytes;
        entry.from = from;
        entry.to = to;
        entry.terminated = terminated;
        entry.beginningKnown = reachesBefore || !duplicates.isEmpty();
        entry.ordinalExact = reachesBefore || duplicates.reachesBefore(entry.stamp);
        entry.position.seconds = entry.stamp.seconds;
        entry.position.nanos = entry.stamp.nanos;
        entry.position.stream = stream;
        entry.position.hash = EntryHash.of(bytes, from, to);
        entry.position.ordinal = duplicates.next(entry.stamp, entry.position.hash);
        horizon.saw(entry.stamp);
        next.entry(entry);
    }
}
