package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.timers.Timeout;

/**
 * Runs a task when nothing has arrived for a delay. It looks once per delay whether something arrived since the last look,
 * so an arrival costs no timer, and the task runs one to two delays after the last arrival. Owned by one stream; the owner
 * cancels it when it ends.
 */
final class IdleTimeout {

    private final Timeout timeout;
    private final Supplier<Duration> delay;
    private final BooleanSupplier paused;
    private final Runnable idle;

    /** Counts what arrived. */
    private long arrivals;

    /**
     * @param delay asked before each look
     * @param paused while true, nothing can arrive, and the task does not run
     * @param idle runs once per start
     */
    IdleTimeout(Vertx vertx, Supplier<Duration> delay, BooleanSupplier paused, Runnable idle) {
        this.timeout = new Timeout(vertx);
        this.delay = delay;
        this.paused = paused;
        this.idle = idle;
    }

    void arrived() {
        arrivals++;
    }

    boolean isRunning() {
        return timeout.isRunning();
    }

    void start() {
        long before = arrivals;
        timeout.start(delay.get(), () -> look(before));
    }

    void cancel() {
        timeout.cancel();
    }

    private void look(long before) {
        if (paused.getAsBoolean() || arrivals != before) {
            start();
        } else {
            idle.run();
        }
    }
}
