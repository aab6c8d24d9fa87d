package io.dockrelay.docker;

import java.util.concurrent.RejectedExecutionException;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** The context that a question came from, and that is to hear of its outcome. */
record CallerContext(Context context) {

    static CallerContext here(Vertx vertx) {
        return new CallerContext(vertx.getOrCreateContext());
    }

    /** On the caller's context; once its Vert.x is closed there is none, and whoever still waits is told here. */
    void tell(Runnable outcome) {
        try {
            context.runOnContext(now -> outcome.run());
        } catch (RejectedExecutionException closed) {
            outcome.run();
        }
    }

    /** The same outcome, on the caller's context. */
    <T> Future<T> hears(Future<T> elsewhere) {
        Promise<T> promise = Promise.promise();
        elsewhere.onComplete((AsyncResult<T> outcome) -> tell(() -> promise.handle(outcome)));
        return promise.future();
    }
}
