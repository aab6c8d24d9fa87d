package io.dockrelay.docker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * The first object of a stream that ends by itself, within a deadline. The stream closes its connection when it has
 * ended, and is cancelled when it is late. Runs on the caller's context; used once.
 */
final class FirstObject<T> {

    private final CallerContext caller;
    private final EngineErrors failures;
    private final Promise<T> promise = Promise.promise();

    /** Null until the response has begun. */
    private JsonStream<T> stream;

    FirstObject(Vertx vertx, EngineErrors failures) {
        this.caller = CallerContext.here(vertx);
        this.failures = failures;
    }

    Future<T> of(Future<JsonStream<T>> opening, Deadline deadline) {
        opening.onSuccess(this::read).onFailure(promise::tryFail);
        deadline.watch(promise.future(), () -> caller.run(() -> expire(deadline)));
        return promise.future();
    }

    private void read(JsonStream<T> opened) {
        stream = opened;
        if (promise.future().isComplete()) {
            stream.cancel();
            return;
        }
        stream.exceptionHandler(promise::tryFail);
        stream.endHandler(end -> promise.tryFail(failures.unreadable(new IllegalStateException("it is empty"))));
        stream.handler(promise::tryComplete);
        stream.resume();
    }

    private void expire(Deadline deadline) {
        if (promise.tryFail(deadline.failure(failures)) && stream != null) {
            stream.cancel();
        }
    }
}
