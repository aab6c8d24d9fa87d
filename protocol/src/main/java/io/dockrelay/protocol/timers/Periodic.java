package io.dockrelay.protocol.timers;

import java.time.Duration;

import io.vertx.core.Vertx;

/**
 * Runs a task at each interval until it is cancelled. Owned by one object, used on one Vert.x context; the owner cancels it
 * when it ends.
 */
public final class Periodic {

    private static final long NOT_RUNNING = -1;

    private final Vertx vertx;

    /** Vert.x's id of the running timer. */
    private long id = NOT_RUNNING;

    public Periodic(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts; a running one is cancelled.
     *
     * @param interval at least a millisecond; also the delay before the first run
     * @param task runs on the caller's context
     */
    public void start(Duration interval, Runnable task) {
        cancel();
        id = vertx.setPeriodic(interval.toMillis(), fired -> task.run());
    }

    /** Does nothing when it is not running. */
    public void cancel() {
        if (isRunning()) {
            boolean unused = vertx.cancelTimer(id);
            id = NOT_RUNNING;
        }
    }

    public boolean isRunning() {
        return id != NOT_RUNNING;
    }
}
