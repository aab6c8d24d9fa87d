package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.timers.RetryTimer;

/**
 * A tail's requests to the engine, one at a time: a new request makes the answer to an earlier one void. A step that failed
 * because the engine is away is repeated with the shared backoff, or as soon as the engine is back. Belongs to a {@link
 * TailLifecycle}, on its context.
 */
final class EngineRequests {

    private final RetryTimer retry;

    /** Number of the last request. */
    private int number;

    /** Whether the answer to the last request is missing. */
    private boolean underWay;

    EngineRequests(Vertx vertx) {
        this.retry = new RetryTimer(vertx);
    }

    /** Sends a request; the answers to earlier ones are ignored, and a waiting step is dropped. */
    <T> void ask(Future<T> request, Consumer<T> answered, Consumer<Throwable> failed) {
        abandon();
        int mine = number;
        underWay = true;
        request.onComplete(
                answer -> {
                    if (mine == number) {
                        underWay = false;
                        answered.accept(answer);
                    }
                },
                failure -> {
                    if (mine == number) {
                        underWay = false;
                        failed.accept(failure);
                    }
                });
    }

    /** Runs a step after the next delay of the backoff, unless another one starts before. */
    void later(Runnable step) {
        abandon();
        retry.later(step);
    }

    /** The engine is back: runs a waiting step without further delay. */
    void now() {
        retry.now();
    }

    /** A connection to the engine has ended. */
    void connectionLasted(Duration up) {
        retry.connectionLasted(up);
    }

    /** Whether no request is under way and no step waits. */
    boolean isIdle() {
        return !underWay && !retry.isWaiting();
    }

    /** Drops the waiting step, and ignores the answer to a request that is under way. */
    void abandon() {
        number++;
        underWay = false;
        retry.cancel();
    }
}
