package io.dockrelay.controller.logs;

import java.time.Instant;

import io.dockrelay.protocol.logs.TailMark;

/**
 * Puts the mark of a new run where that run's lines begin: behind the last lines of the run before, which may still be
 * on their way when the new one is noticed.
 */
final class RunBoundary implements Line.Sink {

    private final Outbox outbox;

    /** Null when no mark is waiting for its place. */
    private TailMark mark;

    private Instant startedAt;

    RunBoundary(Outbox outbox) {
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
