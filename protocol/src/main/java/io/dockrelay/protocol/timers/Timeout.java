package io.dockrelay.protocol.timers;

import java.time.Duration;

import io.vertx.core.Vertx;

/**
 * Runs a task once after a delay, unless it is cancelled or started again first. Owned by one object, used on one Vert.x
 * context; the owner cancels it when it ends.
 */
public final class Timeout {

    private static final long NOT_RUNNING = -1;

    private final Vertx vertx;

    /** Vert.x's id of the running timer. */
    private long id = NOT_RUNNING;

    public Timeout(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts the timeout; a running one is cancelled.
     *
     * @param delay less than a millisecond counts as one, the shortest delay that Vert.x accepts
     * @param task runs on the caller's context; the timeout is not running any more by then, so the task may start it again
     */
    public void start(Duration delay, Runnable task) {
        cancel();
        id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> {
            id = NOT_RUNNING;
            task.run();
        });
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
