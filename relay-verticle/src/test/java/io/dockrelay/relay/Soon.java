package io.dockrelay.relay;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import static java.util.concurrent.TimeUnit.SECONDS;

/** Futures on the test's own thread. */
public final class Soon {

    private Soon() {}

    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("it failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The result of a step that runs on a context, or what it throws. */
    public static <T> Future<T> on(Context context, Callable<T> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> {
            try {
                done.complete(step.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    /** For a future without a result. */
    public static void done(Future<?> future) {
        Object ignored = get(future.mapEmpty());
        if (ignored != null) {
            throw new AssertionError("mapEmpty gave something");
        }
    }
}
