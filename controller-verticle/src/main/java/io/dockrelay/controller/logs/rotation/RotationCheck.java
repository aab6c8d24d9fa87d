package io.dockrelay.controller.logs.rotation;

import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Passes the entries of one stream on until one may not be the next one in the store. When a log rotates, the engine's
 * follower may start the newest file again and send entries a second time: then an entry is older than the one before it
 * in its stream (which also happens when the clock is set back), or equal to one of the same time. Or the follower leaves
 * a file out ({@link SkippedFileDetector}). Made by {@link RotationGuard#newStream}.
 */
public final class RotationCheck implements LogEntry.Sink {

    /** The newest entry of stdout or stderr; of no meaning until {@code known}. */
    private static final class Newest {
        private boolean known;
        private long seconds;
        private int nanos;
        private boolean terminated;
    }

    private final RotationHistory history;
    private final LogEntry.Sink next;

    /**
     * Entries left that were stored before the stream was opened. The follower leaves none of them out. Negative after
     * the last of them.
     */
    private long stored;

    private final Newest out = new Newest();
    private final Newest err = new Newest();

    /** True from the first entry that may not be the next one; neither that entry nor a later one is passed on. */
    private boolean doubtful;

    RotationCheck(RotationHistory history, long stored, LogEntry.Sink next) {
        this.history = history;
        this.stored = stored;
        this.next = next;
    }

    /** Whether the store has to be asked what follows the last entry that was passed on. */
    public boolean isDoubtful() {
        return doubtful;
    }

    @Override
    public void entry(LogEntry entry) {
        if (doubtful) {
            return;
        }
        doubtful = repeats(entry) || skips(entry);
        if (!doubtful) {
            next.entry(entry);
        }
    }

    private boolean skips(LogEntry entry) {
        boolean followed = stored-- <= 0;
        return history.skips().suspects(entry, followed && history.faults().skips());
    }

    /** Whether the follower may have sent this entry before; the entry is the newest from now on. */
    private boolean repeats(LogEntry entry) {
        Newest newest = entry.position.stream == 'e' ? err : out;
        long seconds = entry.position.seconds;
        int nanos = entry.position.nanos;
        boolean same = newest.known && seconds == newest.seconds && nanos == newest.nanos;
        boolean older =
                newest.known && (seconds < newest.seconds || (seconds == newest.seconds && nanos < newest.nanos));
        // The chunks of a long line share a timestamp; with engines other than Docker all lines of one read do.
        boolean again = same && entry.position.ordinal > 0 && history.skips().rotates();
        boolean inLongLine = !newest.terminated;
        newest.known = true;
        newest.seconds = seconds;
        newest.nanos = nanos;
        newest.terminated = entry.terminated;
        if (!history.faults().repeats() || !(older || again)) {
            return false;
        }
        return (again && inLongLine)
                ? history.repeats().suspectsChunk(entry)
                : history.repeats().suspects(entry);
    }
}
