package io.dockrelay.controller.logs.entries;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.logs.EntryHash;

/**
 * Makes a {@link LogEntry} from a range of bytes: timestamp, text, and its ordinal among equal entries. One per read; the
 * entry is reused.
 */
public final class EntryReader {

    /** With this text and a newline, but without a timestamp, the engine reports that it cannot read the log any further. */
    private static final byte[] ENGINE_FAILED = "Error grabbing logs: ".getBytes(StandardCharsets.US_ASCII);

    private final LogEntry entry = new LogEntry();
    private final DuplicateCounter out = new DuplicateCounter();
    private final DuplicateCounter err = new DuplicateCounter();
    private final ReadHorizon horizon;
    private final LogEntry.Sink next;
    private final boolean bounded;

    private EntryReader(boolean storeStart, LogEntry.Sink next, boolean bounded) {
        horizon = new ReadHorizon(storeStart);
        this.next = next;
        this.bounded = bounded;
    }

    /**
     * For a stream that is followed: after a failure that the engine reports, the end of the stream decides.
     *
     * @param storeStart whether the read starts with the first entry of the store
     * @param next takes the entries
     */
    public static EntryReader following(boolean storeStart, LogEntry.Sink next) {
        return new EntryReader(storeStart, next, false);
    }

    /**
     * For a bounded read of the store: a failure that the engine reports is its failure.
     *
     * @param storeStart whether the read starts with the first entry of the store
     * @param next takes the entries
     */
    public static EntryReader bounded(boolean storeStart, LogEntry.Sink next) {
        return new EntryReader(storeStart, next, true);
    }

    /**
     * Passes on the entry in {@code bytes[from, to)}, which starts with its timestamp.
     *
     * @return false when there is no timestamp: a message of the engine itself, not an entry
     * @throws DockerEngineException (SERVER_ERROR) in a bounded read, when the message is that the engine cannot read the
     *     log; the entries before it have been passed on
     */
    boolean entry(char stream, byte[] bytes, int from, int to, boolean terminated) {
        int text = entry.stamp.parse(bytes, from, to);
        if (text < 0) {
            if (bounded && terminated) {
                rejectFailure(bytes, from, to);
            }
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

    private static void rejectFailure(byte[] bytes, int from, int to) {
        int prefix = ENGINE_FAILED.length;
        if (to - from >= prefix && Arrays.equals(bytes, from, from + prefix, ENGINE_FAILED, 0, prefix)) {
            String report = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
            throw new DockerEngineException(Kind.SERVER_ERROR, report);
        }
    }
}
