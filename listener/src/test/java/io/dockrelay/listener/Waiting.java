package io.dockrelay.listener;

import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;

/** A future's value on the test's thread, within ten seconds. */
final class Waiting {

    private Waiting() {}

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** The same where only its end matters. */
    static void until(Future<?> future) throws Exception {
        Object unused = get(future);
    }
}
