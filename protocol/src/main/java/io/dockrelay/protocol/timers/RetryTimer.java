package io.dockrelay.protocol.timers;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.backoff.Backoff;

/**
 * Repeats an attempt with the delays of {@link Backoff}. One attempt waits at a time. Owned by one object, used on one
 * Vert.x context; the owner cancels it when it ends.
 */
public final class RetryTimer {

    private final Timeout timeout;
    private final DoubleSupplier random;
    private final Backoff backoff = new Backoff();

    /** The attempt that waits; null while none does. */
    private Runnable waiting;

    private Duration delay = Duration.ZERO;

    public RetryTimer(Vertx vertx) {
        this(vertx, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random uniform, from 0 (inclusive) to 1 (exclusive) */
    public RetryTimer(Vertx vertx, DoubleSupplier random) {
        this.timeout = new Timeout(vertx);
        this.random = random;
    }

    /** Runs the attempt after the next delay of the backoff. An attempt that waits already is replaced. */
    public void later(Runnable attempt) {
        delay = backoff.next(random.getAsDouble());
        timeout.start(delay, this::now);
        waiting = attempt;
    }

    /** The last delay that was chosen; zero before the first. */
    public Duration delay() {
        return delay;
    }

    /** Runs the waiting attempt without further delay; does nothing when none waits. */
    public void now() {
        Runnable attempt = waiting;
        cancel();
        if (attempt != null) {
            attempt.run();
        }
    }

    /** Drops the waiting attempt. The backoff keeps its place. */
    public void cancel() {
        timeout.cancel();
        waiting = null;
    }

    public boolean isWaiting() {
        return waiting != null;
    }

    /** A connection has ended. Resets the backoff if the connection was stable for long enough. */
    public void connectionLasted(Duration up) {
        backoff.connectionLasted(up);
    }

    /** Attempts since the last stable connection: 0 before the first delay. */
    public int attempts() {
        return backoff.attempts();
    }
}
