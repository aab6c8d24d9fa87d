package io.dockrelay.controller.logs.store;

import java.time.Duration;

/** When the reads for one answer must have ended: all of them together, with the time in which they wait for their turn. */
record ReadDeadline(long atNanos) {

    /** The callers' own timeouts are a little longer. The engine decodes a million lines in 4 s. */
    private static final Duration ANSWER = Duration.ofSeconds(12);

    /** The deadline of an answer that is requested now. */
    static ReadDeadline fromNow() {
        return in(ANSWER);
    }

    /** The deadline in this time from now. */
    static ReadDeadline in(Duration time) {
        return new ReadDeadline(System.nanoTime() + time.toNanos());
    }

    /** The time that is left; at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, atNanos - System.nanoTime()));
    }
}
