package io.dockrelay.docker;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * The first object of a stream that ends by itself, within a deadline. Its connection goes back to the pool when the
 * stream has ended, and is closed when it is late. On the context that asked; used once.
 */
final class FirstObject<T> {

    private final Vertx vertx;
    private final EngineErrors failures;
    private final Promise<T> promise = Promise.promise();

    /** Null until the engine has answered. */
    private JsonStream<T> stream;

    FirstObject(Vertx vertx, EngineErrors failures) {
        this.vertx = vertx;
        this.failures = failures;
    }

    Future<T> of(Future<JsonStream<T>> opening, Duration deadline) {
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), late -> expire(deadline));
        opening.onSuccess(this::read).onFailure(promise::tryFail);
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void read(JsonStream<T> opened) {
        stream = opened;
        if (promise.future().isComplete()) {
            stream.cancel();
            return;
        }
        stream.exceptionHandler(promise::tryFail);
        stream.endHandler(end -> promise.tryFail(failures.unreadable(new IllegalStateException("It is empty"))));
        stream.handler(promise::tryComplete);
        stream.resume();
    }

    private void expire(Duration deadline) {
        if (promise.tryFail(failures.timeout("No answer within " + deadline.toMillis() + " ms")) && stream != null) {
            stream.cancel();
        }
    }
}
