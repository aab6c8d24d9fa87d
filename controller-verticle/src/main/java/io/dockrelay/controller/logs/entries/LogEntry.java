package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

/**
 * One entry of the engine's store: a line, or a 16 KiB chunk of a long one. One object for all entries of a read;
 * valid only during the call of the {@link Sink}.
 */
public final class LogEntry {

    /** Bytes of a chunk into which the engine cuts long lines. A chunk with invalid UTF-8 grows, so it may be longer. */
    public static final int FULL_CHUNK = 16_384;

    /** Receives entries in the order of the store. */
    @FunctionalInterface
    public interface Sink {
        void entry(LogEntry entry);
    }

    public final DockerTimestamp stamp = new DockerTimestamp();

    public final EntryPosition position = new EntryPosition();

    /** The text without timestamp and newline is {@code bytes[from, to)}. */
    public byte[] bytes;

    public int from;
    public int to;

    /** Whether it ended with a newline. */
    public boolean terminated;

    /** Whether it is known what precedes it in its stream: an entry of this read, or none of the same time. */
    boolean beginningKnown;

    /** Whether the ordinal counts all equal entries of the store, not only those within this read. */
    public boolean ordinalExact;

    /** Whether the line continues. A shorter entry without a newline is the end of the output of its process. */
    public boolean goesOn() {
        return !terminated && to - from >= FULL_CHUNK;
    }

    /** An entry of its own, with bytes of its own, that stays as it is. */
    public LogEntry copy() {
        var copy = new LogEntry();
        copy.stamp.copyFrom(stamp);
        copy.position.copyFrom(position);
        copy.bytes = Arrays.copyOfRange(bytes, from, to);
        copy.to = copy.bytes.length;
        copy.terminated = terminated;
        copy.beginningKnown = beginningKnown;
        copy.ordinalExact = ordinalExact;
        return copy;
    }

    boolean hasCarriageReturn() {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }
}
