package io.dockrelay.listener;

import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;

/** Waits on the test's thread for a future, for ten seconds at most. */
final class Waiting {

    private Waiting() {}

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** The same without the value. */
    static void until(Future<?> future) throws Exception {
        Object unused = get(future);
    }
}
