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
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One bounded read of the engine's store. It ends at the end of the store, when the rest is not needed, at the deadline, or
 * at a number of bytes, whichever is first; its future completes then. Runs on the caller's context.
 */
final class StoreRead {

    /**
     * A read of the newest entries without a byte for this time is cancelled and sent again. From 23.0 on, the engine may
     * loop when the log rotates during such a read: it sends nothing until the client disconnects. Otherwise the first byte
     * arrives within milliseconds, or after the line ends of a large tail were counted. A read by time is exempt, because the
     * engine decodes all older entries first.
     */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** Counting a line end takes a tenth of this. */
    private static final Duration SILENCE_PER_ENTRY = Duration.ofNanos(4_000);

    private static final int MAX_COUNTED = 1_000_000;

    /** The last attempt waits until the deadline, for an engine that is only slow. */
    private static final int ATTEMPTS = 3;

    /**
     * The limits of a read, beyond which it fails.
     *
     * @param bytes that the engine sends in one attempt
     * @param time of all attempts together
     */
    record Bounds(long bytes, Duration time) {}

    /** How a read ended: whether by the end of the log, and after how many bytes. */
    record End(boolean ofLog, long bytes) {}

    /** What is read. */
    record Request(DockerEngine engine, String containerId, LogQuery query, Bounds bounds) {

        Future<LogStream> send() {
            return engine.logs(containerId, query);
        }

        boolean readsNewest() {
            return query.tail() != null;
        }

        Duration silence() {
            return SILENCE.plus(SILENCE_PER_ENTRY.multipliedBy(Math.min(query.tail(), MAX_COUNTED)));
        }
    }

    private final Vertx vertx;
    private final Request request;
    private final EntryDecoder decoder;
    private final BooleanSupplier done;
    private final Promise<End> ended = Promise.promise();

    /** Runs until the first byte of an attempt that may be repeated. */
    private final Timeout silence;

    /** Number of the current attempt, from 1. */
    private int attempt;

    /** Of the current attempt; null until the engine has answered. */
    private LogStream stream;

    private long bytes;

    private StoreRead(Vertx vertx, Request request, EntryDecoder decoder, BooleanSupplier done) {
        this.vertx = vertx;
        this.request = request;
        this.decoder = decoder;
        this.done = done;
        this.silence = new Timeout(vertx);
    }

    /**
     * Reads.
     *
     * @param done asked after each buffer: whether the rest is not needed
     */
    static Future<End> run(Vertx vertx, Request request, EntryDecoder decoder, BooleanSupplier done) {
        return new StoreRead(vertx, request, decoder, done).start();
    }

    private Future<End> start() {
        Context context = vertx.getOrCreateContext();
        // A timer of Vert.x would end with the verticle of the caller, and leave the stream open forever.
        ended.future()
                .timeout(request.bounds().time().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        context.runOnContext(late -> fail("did not end in time"));
                    }
                });
        open();
        return ended.future();
    }

    /** Some engines and proxies send no headers before the first line, so the silence begins with the request. */
    private void open() {
        int mine = ++attempt;
        if (request.readsNewest() && mine < ATTEMPTS) {
            silence.start(request.silence(), this::openAgain);
        }
        request.send().onComplete(opened -> opened(mine, opened), failure -> {
            if (mine == attempt) {
                fail(failure);
            }
        });
    }

    private void openAgain() {
        close();
        open();
    }

    private void opened(int number, LogStream opened) {
        if (number != attempt || ended.future().isComplete()) {
            opened.cancel();
            return;
        }
        stream = opened;
        stream.exceptionHandler(this::fail);
        stream.endHandler(end -> {
            decoder.end();
            finish(true);
        });
        stream.handler(this::feed);
        stream.resume();
    }

    private void feed(Buffer buffer) {
        silence.cancel();
        bytes += buffer.length();
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (done.getAsBoolean()) {
            finish(false);
        } else if (bytes > request.bounds().bytes()) {
            fail("takes more than " + request.bounds().bytes() + " bytes");
        }
    }

    private void fail(String why) {
        fail(new Refusal(RefusalKind.TIMED_OUT, "Reading the log " + why + "; the log is long, or the engine busy."));
    }

    private void fail(Throwable cause) {
        if (ended.tryFail(cause)) {
            close();
        }
    }

    private void finish(boolean atEnd) {
        if (ended.tryComplete(new End(atEnd, bytes))) {
            close();
        }
    }

    private void close() {
        silence.cancel();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }
}
