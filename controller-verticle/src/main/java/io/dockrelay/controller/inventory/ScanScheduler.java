package io.dockrelay.controller.inventory;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * When to look: one look at a time; who asks during one gets the next, all of them the same. A hint after a quiet moment
 * is followed at once; those on its heels are gathered, so that hints take half of the time at most. Owned by the
 * watcher, on its context; no look fails, and {@link #stop} ends it.
 */
final class ScanScheduler {

    private final Vertx vertx;
    private final Supplier<Future<Void>> look;

    /** True while one is under way. */
    private boolean looking;

    /** Of the look that comes after the one under way; null when nobody wants one. */
    private Promise<Void> next;

    /** Null unless a hint is waiting. */
    private Long hinted;

    /** How long the last look took, and when it ended by the nanosecond clock. */
    private long tookNanos;

    private long endedAt = System.nanoTime();
    private boolean stopped;

    ScanScheduler(Vertx vertx, Supplier<Future<Void>> look) {
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

    /** Something seems to have changed. Actions come in flocks of events: kill, die, stop. */
    void hint() {
        if (hinted != null || stopped) {
            return;
        }
        long pause = looking ? tookNanos : endedAt + tookNanos - System.nanoTime();
        if (!looking && pause <= 0) {
            begin();
        } else {
            hinted = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause)), id -> {
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
        long begun = System.nanoTime();
        look.get().onComplete(over -> {
            looking = false;
            endedAt = System.nanoTime();
            tookNanos = endedAt - begun;
            if (asked != null) {
                asked.tryComplete();
            }
            if (next != null) {
                begin();
            }
        });
    }
}
