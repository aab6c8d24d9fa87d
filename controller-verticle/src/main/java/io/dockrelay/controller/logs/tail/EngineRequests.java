package io.dockrelay.controller.logs.tail;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.backoff.Backoff;

/**
 * Questions to the engine, one after the other: the answer to a question counts only until the next one is put. What
 * failed because the engine is away is tried again by the shared backoff, or as soon as the engine is back. Belongs to
 * a {@link TailLifecycle}, on its context.
 */
final class EngineRequests {

    private final Vertx vertx;
    private final Backoff backoff = new Backoff();

    /** Of the last question. */
    private int number;

    /** What is tried again when the timer fires; null when nothing waits. */
    private Runnable waiting;

    private long timer = -1;

    EngineRequests(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Puts a question; earlier ones are of no interest any more. */
    <T> void ask(Future<T> question, Consumer<T> answered, Consumer<Throwable> failed) {
        abandon();
        int mine = number;
        question.onComplete(
                answer -> {
                    if (mine == number) {
                        answered.accept(answer);
                    }
                },
                failure -> {
                    if (mine == number) {
                        failed.accept(failure);
                    }
                });
    }

    /** Does this after the backoff's next delay, unless something else is begun before. */
    void later(Runnable step) {
        abandon();
        waiting = step;
        long delay = backoff.next(ThreadLocalRandom.current().nextDouble()).toMillis();
        timer = vertx.setTimer(Math.max(1, delay), fired -> now());
    }

    /** The engine is back: what waits for it need not wait any longer. */
    void now() {
        Runnable step = waiting;
        if (step != null) {
            abandon();
            step.run();
        }
    }

    /** A connection has ended that was up for so long. */
    void connectionLasted(java.time.Duration up) {
        backoff.connectionLasted(up);
    }

    /** Nothing that is under way counts any more. */
    void abandon() {
        number++;
        waiting = null;
        if (timer >= 0) {
            boolean unused = vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
