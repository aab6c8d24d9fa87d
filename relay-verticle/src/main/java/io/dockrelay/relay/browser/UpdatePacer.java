package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;

/** Allows the first message at once, then at most one per interval. Pure; for one thread. */
final class UpdatePacer {

    private final Duration interval;
    /** Null before the first. */
    private Instant last;

    UpdatePacer(Duration interval) {
        this.interval = interval;
    }

    /** How long the next message has to wait; zero when it may be sent now. */
    Duration wait(Instant now) {
        if (last == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, last.plus(interval));
        // A clock that was set back must not delay messages for long.
        return left.isNegative() || left.compareTo(interval) > 0 ? Duration.ZERO : left;
    }

    void sent(Instant now) {
        last = now;
    }
}
