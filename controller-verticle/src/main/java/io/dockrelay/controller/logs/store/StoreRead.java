package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;

/**
 * One bounded read of the engine's store. It ends at the end of the store, when the rest is not needed, at the deadline, or
 * at a number of bytes, whichever is first; its future completes then. Runs on the caller's context.
 */
final class StoreRead {

    /** The engine decodes a million lines in 4 s. */
    static final Duration DEADLINE = Duration.ofSeconds(12);

    private static final long MAX_BYTES = 1L << 30;

    private final Vertx vertx;
    private final LogStream stream;
    private final EntryDecoder decoder;
    private final BooleanSupplier done;
    private final Promise<Boolean> ended = Promise.promise();
    private long bytes;

    private StoreRead(Vertx vertx, LogStream stream, EntryDecoder decoder, BooleanSupplier done) {
        this.vertx = vertx;
        this.stream = stream;
        this.decoder = decoder;
        this.done = done;
    }

    /**
     * Reads.
     *
     * @param done asked after each buffer: whether the rest is not needed
     * @return true when the engine ended the log, false when the rest was not needed
     */
    static Future<Boolean> run(
            Vertx vertx, DockerEngine engine, String id, LogQuery query, EntryDecoder decoder, BooleanSupplier done) {
        return engine.logs(id, query).compose(stream -> new StoreRead(vertx, stream, decoder, done).start());
    }

    private Future<Boolean> start() {
        stream.exceptionHandler(this::fail);
        stream.endHandler(end -> {
            decoder.end();
            finish(true);
        });
        stream.handler(this::feed);
        stream.resume();
        Context context = vertx.getOrCreateContext();
        // A timer of Vert.x would end with the verticle of the caller, and leave the stream open forever.
        ended.future().timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).onFailure(failure -> {
            if (failure instanceof TimeoutException) {
                context.runOnContext(late -> fail("did not end within " + DEADLINE.toSeconds() + " s"));
            }
        });
        return ended.future();
    }

    private void feed(Buffer buffer) {
        bytes += buffer.length();
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (done.getAsBoolean()) {
            finish(false);
        } else if (bytes > MAX_BYTES) {
            fail("is longer than " + MAX_BYTES + " bytes");
        }
    }

    private void fail(String why) {
        fail(new DockerEngineException(Kind.TIMEOUT, "Reading the log " + why + "."));
    }

    private void fail(Throwable cause) {
        if (ended.tryFail(cause)) {
            close();
        }
    }

    private void finish(boolean atEnd) {
        if (ended.tryComplete(atEnd)) {
            close();
        }
    }

    private void close() {
        stream.cancel();
    }
}
