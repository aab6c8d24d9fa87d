package io.dockrelay.controller.logs.rotation;

import java.util.function.BooleanSupplier;

import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Passes a stream's entries on for as long as it goes onward without a doubt. When a log rotates, the engine's follower
 * may begin the newest file again and so repeat entries that it has sent: then one is older than the one before it in
 * its stream, unless the clock was set back, or equal to one of the same time. Or it leaves a file out ({@link SkippedFileDetector}).
 * Which it was only the store can tell; from there the first entry is taken as it is. For one stream.
 */
public final class RotationGuard implements LogEntry.Sink {

    private static final class Newest {
        private boolean known;
        private long seconds;
        private int nanos;
        private boolean terminated;
    }

    private final LogEntry.Sink next;
    private final BooleanSupplier resumed;
    private final RotationHistory suspicions;

    /** So many entries behind the cursor had been stored before the stream was opened: the engine leaves none of them out. */
    private long stored;

    private final Newest out = new Newest();
    private final Newest err = new Newest();

    /** True once an entry came that may not be the next one: neither it nor what is behind it is passed on. */
    private boolean doubtful;

    /**
     * @param next takes the entries that pass
     * @param resumed whether the entry at the cursor has passed
     * @param cursor where the stream begins; null for the log's beginning
     * @param stored so many entries behind the cursor are certain to be in the store already
     */
    public RotationGuard(
            LogEntry.Sink next, BooleanSupplier resumed, RotationHistory suspicions, Cursor cursor, long stored) {
        this.next = next;
        this.resumed = resumed;
        this.suspicions = suspicions;
        suspicions.leaps().newStream(cursor == null ? null : cursor.timestamp());
        this.stored = stored;
    }

    public boolean doubtful() {
        return doubtful;
    }

    @Override
    public void entry(LogEntry entry) {
        if (doubtful) {
            return;
        }
        doubtful =
                resumed.getAsBoolean() && (!takes(entry) || suspicions.leaps().suspects(entry, stored-- <= 0));
        if (!doubtful) {
            next.entry(entry);
        }
    }

    /** Whether the entry may follow those before it; it counts from now on. */
    private boolean takes(LogEntry entry) {
        Newest newest = entry.position.stream == 'e' ? err : out;
        long seconds = entry.position.seconds;
        int nanos = entry.position.nanos;
        boolean same = newest.known && seconds == newest.seconds && nanos == newest.nanos;
        boolean older = seconds < newest.seconds || (seconds == newest.seconds && nanos < newest.nanos);
        boolean back = newest.known && older;
        // The chunks of a long line share a timestamp, and with other engines than Docker all lines of one read do.
        boolean again = same && entry.position.ordinal > 0 && suspicions.leaps().rotates();
        boolean inLongLine = !newest.terminated;
        newest.known = true;
        newest.seconds = seconds;
        newest.nanos = nanos;
        newest.terminated = entry.terminated;
        if (again && inLongLine) {
            return !suspicions.inversions().suspectsChunk(entry);
        }
        return !(back || again) || !suspicions.inversions().suspects(entry);
    }
}
