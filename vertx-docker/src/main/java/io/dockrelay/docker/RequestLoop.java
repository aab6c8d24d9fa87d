package io.dockrelay.docker;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * The event loop of requests whose caller blocks until the response is there. The caller's own context will not do: on a
 * worker's context the response would wait until the caller returns. For any thread.
 */
record RequestLoop(Context context) {

    static RequestLoop of(Vertx vertx) {
        return new RequestLoop(((VertxInternal) vertx).createEventLoopContext());
    }

    /** Runs a step on the event loop; the future completes there too. */
    <T> Future<T> run(Supplier<Future<T>> step) {
        Promise<T> promise = Promise.promise();
        try {
            context.runOnContext(now -> begin(step, promise));
        } catch (RejectedExecutionException closed) {
            promise.fail(new DockerEngineException(
                    Kind.UNREACHABLE, 0, "The Vertx of this Docker client is closed; create another client", closed));
        }
        return promise.future();
    }

    private static <T> void begin(Supplier<Future<T>> step, Promise<T> promise) {
        try {
            step.get().onComplete(promise);
        } catch (RuntimeException e) {
            promise.fail(e); // The caller would wait forever.
        }
    }
}
