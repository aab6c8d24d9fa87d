package io.dockrelay.controller.inventory;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * When to look: one look at a time; who asks during one gets the next, all of them the same; hints are gathered for a
 * moment. Owned by the watcher, on its context; no look fails, and {@link #stop} ends it.
 */
final class Looks {

    /** Actions come in flocks of events (kill, die, stop): one look for all of them. */
    private static final long GATHER_MILLIS = 10;

    private final Vertx vertx;
    private final Supplier<Future<Void>> look;

    /** True while one is under way. */
    private boolean looking;

    /** Of the look that comes after the one under way; null when nobody wants one. */
    private Promise<Void> next;

    /** Null unless a hint is waiting. */
    private Long hinted;

    private boolean stopped;

    Looks(Vertx vertx, Supplier<Future<Void>> look) {
        this.vertx = vertx;
        this.look = look;
    }

    /** A look that begins after this call; completes when it is over, well or not. */
    Future<Void> fresh() {
        if (stopped) {
            return Future.succeededFuture();
        }
        if (next == null) {
            next = Promise.promise();
        }
        Future<Void> mine = next.future();
        if (!looking) {
            begin();
        }
        return mine;
    }

    /** The timer's: nothing when a look is under way anyway. */
    void tick() {
        if (!looking) {
            begin();
        }
    }

    /** Something seems to have changed. */
    void hint() {
        if (hinted == null && !stopped) {
            hinted = vertx.setTimer(GATHER_MILLIS, id -> {
                hinted = null;
                var unused = fresh(); // nobody waits for it
            });
        }
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        if (hinted != null) {
            vertx.cancelTimer(hinted);
        }
        if (next != null) {
            next.tryComplete();
        }
    }

    private void begin() {
        if (stopped) {
            return;
        }
        Promise<Void> asked = next;
        next = null;
        looking = true;
        look.get().onComplete(over -> {
            looking = false;
            if (asked != null) {
                asked.tryComplete();
            }
            if (next != null) {
                begin();
            }
        });
    }
}
