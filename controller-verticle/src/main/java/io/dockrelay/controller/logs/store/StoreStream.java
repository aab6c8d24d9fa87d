package io.dockrelay.controller.logs.store;

import java.time.Duration;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One request for a part of a stored log, and the engine's answer to it, which goes to an {@link EntryReader}. A request for
 * the newest entries is sent again when no byte arrives. Owned by a {@link StoreRead}, on its context; ends with the answer,
 * or with {@link #close}.
 */
final class StoreStream {

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

    /** The last attempt waits until it is closed, for an engine that is only slow. */
    private static final int ATTEMPTS = 3;

    /** Where a log is. */
    record Source(DockerEngine engine, String containerId) {}

    /** None is called after the end, or after {@link #close}. */
    interface Events {

        /** The reader has got the entries of some bytes. */
        void arrived(int bytes);

        /** The engine has ended the answer. */
        void ended();

        void failed(Throwable cause);
    }

    private final Source source;
    private final LogQuery query;
    private final EntryReader reader;
    private final Events events;

    /** Runs until the first byte of an attempt that may be repeated. */
    private final Timeout silence;

    /** Number of the current attempt, from 1. */
    private int attempt;

    /** Of the current attempt; null until the engine has answered, and after the end. */
    private LogStream stream;

    private boolean over;

    StoreStream(Vertx vertx, Source source, LogQuery query, EntryReader reader, Events events) {
        this.source = source;
        this.query = query;
        this.reader = reader;
        this.events = events;
        this.silence = new Timeout(vertx);
    }

    /** Some engines and proxies send no headers before the first line, so the silence begins with the request. */
    void open() {
        int mine = ++attempt;
        if (query.tail() != null && mine < ATTEMPTS) {
            silence.start(patience(query.tail()), this::openAgain);
        }
        source.engine.logs(source.containerId, query).onComplete(opened -> opened(mine, opened), failure -> {
            if (mine == attempt) {
                failed(failure);
            }
        });
    }

    /** Idempotent. */
    void close() {
        over = true;
        cancel();
    }

    static Duration patience(int tail) {
        return SILENCE.plus(SILENCE_PER_ENTRY.multipliedBy(Math.min(tail, MAX_COUNTED)));
    }

    private void openAgain() {
        cancel();
        open();
    }

    private void opened(int number, LogStream opened) {
        if (number != attempt || over) {
            opened.cancel();
            return;
        }
        stream = opened;
        EntryDecoder decoder = EntryDecoderFactory.create(query.tty(), reader);
        stream.exceptionHandler(this::failed);
        stream.endHandler(end -> {
            decoder.end();
            close();
            events.ended();
        });
        stream.handler(buffer -> feed(decoder, buffer));
        stream.resume();
    }

    private void feed(EntryDecoder decoder, Buffer buffer) {
        silence.cancel();
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            failed(e);
            return;
        }
        events.arrived(buffer.length());
    }

    private void failed(Throwable cause) {
        if (!over) {
            close();
            events.failed(cause);
        }
    }

    private void cancel() {
        silence.cancel();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }
}
