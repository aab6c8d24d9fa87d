package io.dockrelay.controller.logs.entries;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.protocol.logs.EntryHash;

/**
 * Makes a {@link LogEntry} from a range of bytes: timestamp, text, and its ordinal among equal entries. Notices when the
 * engine reports that it cannot read the log any further: the entries before the report have been passed on, and no more
 * follow. One per read, which may be continued in further streams; the entry is reused.
 */
public final class EntryReader {

    /** With this text and a newline, but without a timestamp, the engine reports that it cannot read the log any further. */
    private static final byte[] ENGINE_FAILED = "Error grabbing logs: ".getBytes(StandardCharsets.US_ASCII);

    private final LogEntry entry = new LogEntry();
    private final DuplicateCounter out = new DuplicateCounter();
    private final DuplicateCounter err = new DuplicateCounter();
    private final ReadHorizon horizon;
    private final LogEntry.Sink next;

    /** What the engine has reported in the current stream; null while it has reported nothing. */
    private String report;

    /** Entries of the current stream. */
    private int received;

    /** Index of the last entry of the stream before in the current one; -1 until it has arrived. */
    private int rejoinedAt;

    /**
     * @param storeStart whether the read starts with the first entry of the store
     * @param next takes the entries
     */
    public EntryReader(boolean storeStart, LogEntry.Sink next) {
        horizon = new ReadHorizon(storeStart);
        this.next = next;
    }

    /** The engine's sentence why it cannot read the log any further; null while it has not reported that. */
    public String report() {
        return report;
    }

    /** The last entry that was passed on; unknown before the first. Changes with each entry. */
    public EntryPosition last() {
        return entry.position;
    }

    /** Entries of the current stream so far. */
    public int received() {
        return received;
    }

    /** Where in the current stream the last entry of the stream before is; -1 when it has not arrived. */
    public int rejoinedAt() {
        return rejoinedAt;
    }

    /** The read continues in another stream: its entries up to and including the last one are not passed on again. */
    public void rejoin() {
        report = null;
        received = 0;
        rejoinedAt = -1;
    }

    /**
     * Passes on the entry in {@code bytes[from, to)}, which starts with its timestamp.
     *
     * @return false when there is no timestamp: a message of the engine itself, not an entry
     */
    boolean entry(char stream, byte[] bytes, int from, int to, boolean terminated) {
        int text = entry.stamp.parse(bytes, from, to);
        if (text < 0) {
            if (terminated) {
                readReport(bytes, from, to);
            }
            return false;
        }
        text(stream, bytes, text, to, terminated);
        return true;
    }

    /** Passes on an entry that has the timestamp of the last one. */
    void text(char stream, byte[] bytes, int from, int to, boolean terminated) {
        long hash = EntryHash.of(bytes, from, to);
        received++;
        if (rejoinedAt < 0 && last().known()) {
            rejoinedAt = isLast(stream, hash) ? received - 1 : -1;
            return;
        }
        rejoinedAt = Math.max(0, rejoinedAt);
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
        entry.position.hash = hash;
        entry.position.ordinal = duplicates.next(entry.stamp, entry.position.hash);
        horizon.saw(entry.stamp);
        next.entry(entry);
    }

    /** Without the ordinal, which is counted from the beginning of a stream. */
    private boolean isLast(char stream, long hash) {
        EntryPosition last = entry.position;
        return last.seconds == entry.stamp.seconds
                && last.nanos == entry.stamp.nanos
                && last.stream == stream
                && last.hash == hash;
    }

    private void readReport(byte[] bytes, int from, int to) {
        int prefix = ENGINE_FAILED.length;
        if (to - from >= prefix && Arrays.equals(bytes, from, from + prefix, ENGINE_FAILED, 0, prefix)) {
            report = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        }
    }
}
