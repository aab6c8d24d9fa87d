package io.dockrelay.controller.stats;

import java.util.List;
import java.util.function.DoubleSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.backoff.Backoff;
import io.dockrelay.protocol.state.Container;

/**
 * Whether the engine refuses to report load, as a proxy in front of it may. Then one container is tried per round, and the
 * rounds follow each other with the delays of the backoff. Logs each change once. Owned by the verticle, on its event loop.
 */
final class StatsRefusal {

    private static final Logger log = LoggerFactory.getLogger(StatsRefusal.class);

    private final DoubleSupplier random;
    private Backoff backoff = new Backoff();

    /** Counts the attempts. */
    private int turn;

    /** Null while the engine reports. */
    private String reason;

    /** @param random uniform, from 0 (inclusive) to 1 (exclusive) */
    StatsRefusal(DoubleSupplier random) {
        this.random = random;
    }

    /** The engine's sentence; null while it reports. */
    String reason() {
        return reason;
    }

    /** The containers to measure of those that are due; one after the other, because one may fail for reasons of its own. */
    List<Container> attempts(List<Container> due) {
        return reason == null || due.isEmpty() ? due : List.of(due.get(Math.floorMod(turn++, due.size())));
    }

    /** A round has ended; one without a single answer says nothing. */
    void observe(StatsReader.Round round) {
        if (round.refusal() != null) {
            if (reason == null) {
                log.warn(
                        "the engine refuses to report the load of containers, trying again later: {}", round.refusal());
            }
            reason = round.refusal();
        } else if (reason != null && !round.items().isEmpty()) {
            log.info("the engine reports the load of containers again");
            reason = null;
            backoff = new Backoff();
        }
    }

    /** Milliseconds until the next round. */
    long delay(long regular) {
        return reason == null
                ? regular
                : Math.max(regular, backoff.next(random.getAsDouble()).toMillis());
    }
}
