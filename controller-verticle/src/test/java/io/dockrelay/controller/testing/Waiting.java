package io.dockrelay.controller.testing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Futures on a test's own thread. */
public final class Waiting {

    private static final int SECONDS = 20;

    /** Of the frames that are shown of a thread. */
    private static final int DEPTH = 12;

    private Waiting() {}

    /** Returns the value, or throws the failure. */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException(
                    "Not within " + SECONDS + " s, while the threads were at:\n" + threads(), late);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(thread -> thread.getKey() + "\n"
                        + Stream.of(thread.getValue())
                                .limit(DEPTH)
                                .map(frame -> "    " + frame)
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The result of a step that runs on a context of its own. A stream that a future delivers has to get its handlers on
     * that context: when they are set by the test's thread, the first events may be lost.
     */
    public static <T> Future<T> onContext(Vertx vertx, Supplier<Future<T>> step) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> step.get().onComplete(promise));
        return promise.future();
    }

    /** Returns the failure; fails the test when the future succeeds. */
    public static Throwable failure(Future<?> future) {
        return await(future.map(value -> (Throwable) new AssertionError("it succeeded with " + value))
                .recover(Future::succeededFuture));
    }
}
