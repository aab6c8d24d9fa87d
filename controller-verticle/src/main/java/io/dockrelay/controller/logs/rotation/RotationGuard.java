package io.dockrelay.controller.logs.rotation;

import java.time.Duration;

import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Protects one container's tail, over all its streams, from the faults of the engine's follower when the log rotates. It
 * only suspects: whether the follower was wrong, the store can tell. So each doubt costs a new stream that starts at the
 * cursor, and the detectors raise a doubt only where it is worth that. The only entry to this package. Pure, for one
 * thread.
 */
public final class RotationGuard {

    /**
     * The silence after which to ask {@link #suspectsSilence} first; then again whenever the silence is twice as long.
     * Docker 20.10 stands still at the end of a file when the next two files were started in the same moment, until one more
     * is started.
     */
    public static final Duration STANDSTILL = Duration.ofSeconds(1);

    /** Doubts come in floods. In a flood the store is ahead of the stream by about this number of entries. */
    private static final int AHEAD_IN_A_FLOOD = 1_000;

    private final RotationHistory history;

    /**
     * @param fileBytes size at which the engine starts a new file; 0 when it never does
     * @param faults the faults to look for
     */
    public RotationGuard(long fileBytes, RotationFaults faults) {
        history = new RotationHistory(new SkippedFileDetector(fileBytes), new RepeatDetector(), faults);
    }

    /** A further stream is opened. */
    public void openStream() {
        history.skips().openStream();
    }

    /**
     * The stage that checks the entries of a stream, or of a window of it.
     *
     * @param cursor where the stream starts; null for the beginning of the log
     * @param stored number of entries after the cursor that are certain to be in the store already
     * @param next takes the entries that pass
     */
    public RotationCheck newStream(Cursor cursor, long stored, LogEntry.Sink next) {
        history.skips().newStream(cursor == null ? null : cursor.timestamp());
        return new RotationCheck(history, stored, next);
    }

    /** Whether the follower may ever stand still, so that silence has to be watched. */
    public boolean mayStandStill() {
        return history.faults().standsStill() && history.skips().rotates();
    }

    /**
     * Whether the follower may stand still. The answer true counts as one question to the store.
     *
     * @param silence for which nothing has arrived, at least {@link #STANDSTILL}
     */
    public boolean suspectsSilence(Duration silence) {
        return history.faults().standsStill() && history.skips().suspectsSilence(silence.toNanos());
    }

    /** About how many entries the store is ahead of the stream; 0 when that is unknown. */
    public int storeIsAheadBy() {
        return history.skips().flooded() ? AHEAD_IN_A_FLOOD : 0;
    }
}
