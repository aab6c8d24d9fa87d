package io.dockrelay.controller.logs.entries;

import java.util.Arrays;

/**
 * Entries of a container with a terminal: raw bytes in which only newlines and timestamps show where an entry ends. An
 * entry without newline (a chunk of a long line, or a prompt at which the container ended) is followed directly by the
 * timestamp of the next one: the same timestamp after a full chunk, a later one otherwise. A timestamp that the program
 * itself prints is earlier than that of its line.
 */
final class TtyDecoder implements EntryDecoder {

    private static final int STAMP = DockerTimestamp.LENGTH - 1;

    private final EntryReader next;
    private final int maxBytes;

    /** Timestamp of the entry that is being cut out. */
    private final DockerTimestamp own = new DockerTimestamp();

    /** A timestamp found inside it. */
    private final DockerTimestamp inner = new DockerTimestamp();

    /** The first bytes of an entry whose end has not arrived; {@code held} of them. */
    private byte[] carry = new byte[256];

    private int held;

    /** True after a chunk was passed on before its end, so that bytes without a timestamp continue it. */
    private boolean passedEarly;

    /** @param maxBytes longer entries are cut */
    TtyDecoder(EntryReader next, int maxBytes) {
        this.next = next;
        this.maxBytes = maxBytes;
    }

    @Override
    public void feed(byte[] bytes) {
        int at = 0;
        for (int newline = indexOfNewline(bytes, 0); newline >= 0; newline = indexOfNewline(bytes, at)) {
            if (held > 0) {
                keep(bytes, at, newline);
                line(carry, 0, held);
                held = 0;
            } else {
                line(bytes, at, newline);
            }
            at = newline + 1;
        }
        if (at < bytes.length) {
            keep(bytes, at, bytes.length);
            rest();
        }
    }

    @Override
    public void end() {
        if (held > 0) {
            emit(carry, split(carry, 0, held), held, false);
            held = 0;
        }
    }

    /** Bytes without a newline yet: passes complete entries on; a progress bar does not wait for a newline either. */
    private void rest() {
        int from = split(carry, 0, held);
        int text = Math.max(own.parse(carry, from, held), from);
        if (held - text >= LogEntry.FULL_CHUNK && (contains(carry, text, held, '\r') || held - from >= maxBytes)) {
            emit(carry, from, held, false);
            passedEarly = true;
            held = 0;
            return;
        }
        System.arraycopy(carry, from, carry, 0, held - from);
        held -= from;
    }

    /** A range that ends at a newline. */
    private void line(byte[] bytes, int from, int to) {
        emit(bytes, split(bytes, from, to), to, true);
    }

    /**
     * Emits all entries of a range without a newline, except the last one.
     *
     * @return where the last entry starts
     */
    private int split(byte[] bytes, int from, int to) {
        int begin = from;
        int text = own.parse(bytes, begin, to);
        int at = text < 0 ? begin + 1 : text + 1;
        for (int z = at + STAMP - 1; z < to - 1; z++) {
            if (bytes[z] == 'Z' && bytes[z + 1] == ' ' && endsBefore(bytes, z - STAMP + 1, z + 2, text)) {
                emit(bytes, begin, z - STAMP + 1, false);
                begin = z - STAMP + 1;
                text = own.parse(bytes, begin, to);
                z = text + STAMP - 1;
            }
        }
        return begin;
    }

    /** Whether the timestamp in {@code bytes[at, after)} starts an entry, and so ends the one before. */
    private boolean endsBefore(byte[] bytes, int at, int after, int text) {
        if (inner.parse(bytes, at, after) < 0) {
            return false;
        }
        if (text < 0) {
            return true;
        }
        boolean same = inner.seconds == own.seconds && inner.nanos == own.nanos;
        boolean later = inner.seconds > own.seconds || (inner.seconds == own.seconds && inner.nanos > own.nanos);
        return later || (same && at - text >= LogEntry.FULL_CHUNK);
    }

    private void emit(byte[] bytes, int from, int to, boolean terminated) {
        boolean stamped = next.entry('o', bytes, from, to, terminated);
        if (!stamped && passedEarly) {
            next.text('o', bytes, from, to, terminated);
        }
        passedEarly = false;
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = Math.min(to - from, 2 * maxBytes - held);
        if (carry.length - held < more) {
            carry = Arrays.copyOf(carry, Math.max(carry.length * 2, held + more));
        }
        System.arraycopy(bytes, from, carry, held, more);
        held += more;
    }

    private static int indexOfNewline(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static boolean contains(byte[] bytes, int from, int to, char wanted) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return true;
            }
        }
        return false;
    }
}
