package io.dockrelay.docker;

import java.util.concurrent.RejectedExecutionException;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** The Vert.x context of a caller, on which results are delivered. For any thread. */
record CallerContext(Context context) {

    static CallerContext here(Vertx vertx) {
        return new CallerContext(vertx.getOrCreateContext());
    }

    /** Runs a step on the caller's context, or on this thread when the caller's Vert.x has been closed. */
    void run(Runnable step) {
        try {
            context.runOnContext(now -> step.run());
        } catch (RejectedExecutionException closed) {
            step.run();
        }
    }

    /** The same result, completed on the caller's context. */
    <T> Future<T> deliver(Future<T> elsewhere) {
        Promise<T> promise = Promise.promise();
        elsewhere.onComplete((AsyncResult<T> result) -> run(() -> promise.handle(result)));
        return promise.future();
    }
}
