package io.dockrelay.cluster;

import java.time.Duration;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a repair for a while after each change of the membership. When a member comes back after a split, others may still be
 * removing what it had registered before, and the merge of the two halves' tables sends no events for what it adds: messages to
 * the member would be lost until the next change. Any thread; ends with {@link #close}.
 */
final class RegistrationRepair {

    private static final Logger log = LoggerFactory.getLogger(RegistrationRepair.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Longer than a member needs to remove another one that was silent. */
    private static final int TIMES = 12;

    private final Vertx vertx;
    private final Runnable repair;

    /** How often it is still repeated. */
    private int left;

    /** The timer's id; negative while there is none. */
    private long timer = -1;

    /** @param repair blocks; called on a worker, one at a time */
    RegistrationRepair(Vertx vertx, Runnable repair) {
        this.vertx = vertx;
        this.repair = repair;
    }

    /** The membership has changed. */
    synchronized void changed() {
        left = TIMES;
        if (timer < 0) {
            next();
        }
    }

    synchronized void close() {
        left = 0;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void next() {
        timer = vertx.setTimer(
                EVERY.toMillis(),
                due -> vertx.executeBlocking(() -> {
                            repair.run();
                            return null;
                        })
                        .onFailure(failure -> log.debug("[cluster] a repair failed, and is repeated", failure))
                        .onComplete(done -> repeat()));
    }

    private synchronized void repeat() {
        left--;
        if (left > 0 && timer >= 0) {
            next();
        } else {
            timer = -1;
        }
    }
}
