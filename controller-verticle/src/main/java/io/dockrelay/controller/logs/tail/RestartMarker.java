package io.dockrelay.controller.logs.tail;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Puts the mark of a new run where that run's lines begin: behind the last lines of the run before, which may still be
 * on their way when the new one is noticed.
 */
final class RestartMarker implements Line.Sink {

    private final OutgoingBatches outbox;

    /** Null when no mark is waiting for its place. */
    private TailMark mark;

    private Instant startedAt;

    RestartMarker(OutgoingBatches outbox) {
        this.outbox = outbox;
    }

    /** The mark goes before the first line that is not older than this. */
    void expect(TailMark next, Instant at) {
        flush();
        mark = next;
        startedAt = at;
    }

    @Override
    public void line(Line line) {
        if (mark != null && line.position.compareTime(startedAt) >= 0) {
            flush();
        }
        outbox.line(line);
    }

    /** Whether a mark waits for its place. */
    boolean waiting() {
        return mark != null;
    }

    /** No older line comes any more: the mark stands here. */
    void flush() {
        if (mark != null) {
            outbox.mark(mark);
            mark = null;
        }
    }
}
