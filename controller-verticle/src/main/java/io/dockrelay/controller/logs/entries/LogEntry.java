package io.dockrelay.controller.logs.entries;

/**
 * One entry of the engine's store: a line, or a 16 KiB chunk of a long one. One object for all entries of a read;
 * valid only while its {@link Sink} is being called.
 */
public final class LogEntry {

    /** The engine cuts lines into chunks of so many bytes; invalid UTF-8 grows on the way, so one may be longer. */
    public static final int FULL_CHUNK = 16_384;

    /** Receives entries in the store's order. */
    @FunctionalInterface
    public interface Sink {
        void entry(LogEntry entry);
    }

    final DockerTimestamp stamp = new DockerTimestamp();
    public final EntryPosition position = new EntryPosition();

    /** The text without timestamp and newline is {@code bytes[from, to)}. */
    public byte[] bytes;

    public int from;
    public int to;

    /** Whether a newline ended it. */
    public boolean terminated;

    /** Whether it is known what stood before it in its stream: the entry itself, or that there is none near. */
    boolean beginningKnown;

    /** Whether the ordinal counts all equal entries of the store, and not only those that this read reached. */
    public boolean ordinalExact;

    /** A chunk of a long line that goes on. A shorter one without newline is the end of its process's output. */
    boolean goesOn() {
        return !terminated && to - from >= FULL_CHUNK;
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
