package io.dockrelay.relay;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;

import static java.util.concurrent.TimeUnit.SECONDS;

/** Waits for a future on the test's own thread. */
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

    /** For a future without a result. */
    public static void done(Future<?> future) {
        Object ignored = get(future.mapEmpty());
        if (ignored != null) {
            throw new AssertionError("mapEmpty gave something");
        }
    }
}
