package io.dockrelay.docker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Context;
import io.vertx.core.Future;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * How a thread waits for the engine: not on an event loop, until it is interrupted, and for a limited time. For any
 * thread.
 *
 * @param limit of one step: a connection, a piece of the request, the head of the response, a piece of its body
 * @param failures makes the exceptions
 */
record Patience(Duration limit, EngineErrors failures) {

    /** Longer than any process runs. */
    static final Duration ENDLESS = Duration.ofDays(36_500);

    /** @throws IllegalStateException on an event loop, which a command would block */
    static void requireOwnThread() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("A Docker command would block this event loop; call it on a worker or a"
                    + " virtual thread, or use DockerEngine.call");
        }
    }

    Patience endless() {
        return new Patience(ENDLESS, failures);
    }

    /** The result of a future that does not complete on this thread's context. */
    <T> T await(Future<T> future) {
        requireOwnThread();
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.of(e.getCause());
        } catch (TimeoutException e) {
            throw new Deadline(limit).failure(failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DockerEngineException(Kind.TIMEOUT, 0, "The command was cancelled", e);
        }
    }

    /** The next element of a queue, for a reader of a stream. */
    Object next(BlockingQueue<Object> arrived) throws IOException {
        requireOwnThread();
        try {
            Object next = arrived.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                DockerEngineException late = new Deadline(limit).failure(failures);
                throw new IOException(late.getMessage(), late);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while reading the engine's response");
        }
    }
}
