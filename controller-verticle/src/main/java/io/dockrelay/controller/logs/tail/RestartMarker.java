package io.dockrelay.controller.logs.tail;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Inserts the mark of a new run where the lines of that run begin: after the last lines of the run before, which may still
 * be on their way when the new run is noticed. One per tail.
 */
final class RestartMarker implements Line.Sink {

    private final OutgoingBatches next;

    /** The mark that waits for its place; null while none does. */
    private TailMark mark;

    /** Time of the first line that may follow the mark; of no meaning without one. */
    private Instant startedAt;

    RestartMarker(OutgoingBatches next) {
        this.next = next;
    }

    /** Puts the mark before the first line that is not older than {@code at}. */
    void expect(TailMark expected, Instant at) {
        flush();
        mark = expected;
        startedAt = at;
    }

    @Override
    public void line(Line line) {
        if (mark != null && line.position.compareTime(startedAt) >= 0) {
            flush();
        }
        next.line(line);
    }

    /** Whether a mark waits for its place. */
    boolean isWaiting() {
        return mark != null;
    }

    /** No older line comes any more: puts the mark here. */
    void flush() {
        if (mark != null) {
            next.mark(mark);
            mark = null;
        }
    }
}
