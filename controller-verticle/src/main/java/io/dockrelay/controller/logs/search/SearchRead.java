package io.dockrelay.controller.logs.search;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One read of a stored log that is searched on a worker: while it searches one slice, the next one arrives, and the engine is
 * paused when the worker is behind. Owned by its {@link RunningSearch}, on the context of that; ends with the log, when the
 * scan needs no more, after a silence of the engine, or with {@link #cancel}.
 */
final class SearchRead {

    /**
     * A read of the newest entries without a byte for this time is cancelled and sent again, because an engine may loop when
     * the log rotates during such a read.
     */
    private static final Duration FIRST_BYTE = Duration.ofSeconds(3);

    private static final int ATTEMPTS = 3;

    /** An engine decodes all earlier entries before it sends the first one of a read by time: a million in 4 s. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    /** What is read. */
    record Source(DockerEngine engine, String containerId, LogQuery query) {}

    private final WorkerExecutor workers;
    private final Source source;
    private final ZoneScan scan;
    private final EntryDecoder decoder;
    private final Runnable onSlice;
    private final Promise<Boolean> ended = Promise.promise();
    private final Timeout silence;
    private final SliceQueue queue = new SliceQueue();
    private long bytes;

    /** Number of the current attempt, from 1. */
    private int attempt;

    /** Of the current attempt; null until the engine has answered. */
    private LogStream stream;

    /** True while the worker searches. */
    private boolean busy;

    private boolean streamEnded;

    /** Why the stream broke; null while it has not. */
    private Throwable failure;

    /** True once nothing more is searched. */
    private boolean over;

    /** @param onSlice called after each slice, on the context: the scan may be looked at then */
    SearchRead(Vertx vertx, WorkerExecutor workers, Source source, ZoneScan scan, Runnable onSlice) {
        this.workers = workers;
        this.source = source;
        this.scan = scan;
        this.onSlice = onSlice;
        this.silence = new Timeout(vertx);
        boolean fromStart = source.query.tail() == null;
        decoder = EntryDecoderFactory.create(source.query.tty(), EntryReader.bounded(fromStart, scan));
    }

    /** Reads; returns whether the engine ended the log, and not the scan. */
    Future<Boolean> run() {
        open();
        return ended.future();
    }

    /** Bytes that the engine has sent. */
    long bytes() {
        return bytes;
    }

    /** Ends the engine's stream, and the worker's search as {@link Cancellation} does; the future fails. */
    void cancel() {
        fail(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the search was closed"));
    }

    private void open() {
        int mine = ++attempt;
        watch(mine);
        source.engine.logs(source.containerId, source.query).onComplete(opened -> opened(mine, opened), failure -> {
            if (mine == attempt) {
                fail(failure);
            }
        });
    }

    /** Some engines and proxies send no headers before the first line, so the silence begins with the request. */
    private void watch(int number) {
        boolean repeats = source.query.tail() != null && bytes == 0 && number < ATTEMPTS;
        long seen = bytes;
        silence.start(repeats ? FIRST_BYTE.multipliedBy(number) : LONGEST_SILENCE, () -> {
            if (bytes > seen || busy) {
                watch(number);
            } else if (repeats) {
                close();
                open();
            } else {
                fail(new Refusal(
                        RefusalKind.TIMED_OUT,
                        "the engine has sent nothing of the log for " + LONGEST_SILENCE.toSeconds() + " s"));
            }
        });
    }

    private void opened(int number, LogStream opened) {
        if (number != attempt || over) {
            opened.cancel();
            return;
        }
        stream = opened;
        stream.exceptionHandler(this::broken);
        stream.endHandler(end -> {
            streamEnded = true;
            search();
        });
        stream.handler(this::feed);
        stream.resume();
    }

    private void feed(Buffer buffer) {
        bytes += buffer.length();
        queue.add(buffer);
        if (queue.isFull()) {
            stream.pause();
        }
        search();
    }

    private void search() {
        if (busy || over || (queue.isEmpty() && !streamEnded)) {
            return;
        }
        busy = true;
        boolean paused = queue.isFull();
        List<Buffer> slice = queue.take();
        boolean last = streamEnded && queue.isEmpty();
        if (paused && !streamEnded && !queue.isFull()) {
            stream.resume();
        }
        workers.executeBlocking(() -> search(slice, last), false).onComplete(this::searched, this::fail);
    }

    /** On a worker; returns whether the engine ended the log, null while the search goes on. */
    private Boolean search(List<Buffer> slice, boolean last) {
        for (Buffer buffer : slice) {
            if (scan.done()) {
                break;
            }
            decoder.feed(buffer);
        }
        boolean rest = !scan.done();
        if (last && rest) {
            decoder.end();
        }
        if (last || !rest) {
            scan.end();
            return rest;
        }
        return null;
    }

    private void searched(Boolean atEnd) {
        busy = false;
        if (over) {
            return;
        }
        if (failure != null && atEnd == null) {
            fail(failure);
            return;
        }
        onSlice.run();
        if (atEnd == null) {
            search();
        } else if (!over) {
            over = true;
            close();
            ended.complete(atEnd);
        }
    }

    /** The stream failed; the worker finishes its slice first. */
    private void broken(Throwable cause) {
        failure = cause;
        if (!busy) {
            fail(cause);
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            scan.cancel();
            close();
            ended.fail(cause);
        }
    }

    private void close() {
        silence.cancel();
        queue.clear();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }
}
