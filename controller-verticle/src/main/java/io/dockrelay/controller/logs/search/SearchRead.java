package io.dockrelay.controller.logs.search;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.store.StoreReader;
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
    record Source(DockerEngine engine, StoreReader store, String containerId, LogQuery query) {}

    /**
     * How a read ended.
     *
     * @param ofLog whether the engine ended it, and not the scan
     * @param report the engine's sentence why it cannot read the log any further; null when it has not reported that
     */
    record End(boolean ofLog, String report) {}

    private final WorkerExecutor workers;
    private final Source source;
    private final ZoneScan scan;
    private final SliceSearch slices;
    private final Runnable onSlice;
    private final Promise<End> ended = Promise.promise();
    private final Timeout silence;
    private final SliceQueue queue = new SliceQueue();
    private long bytes;

    /** What is requested. */
    private LogQuery query;

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
        query = source.query;
        slices = new SliceSearch(source.store, source.containerId, query, scan);
    }

    /** Reads; returns how that ended. */
    Future<End> run() {
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
        source.engine.logs(source.containerId, query).onComplete(opened -> opened(mine, opened), failure -> {
            if (mine == attempt) {
                fail(failure);
            }
        });
    }

    /** Some engines and proxies send no headers before the first line, so the silence begins with the request. */
    private void watch(int number) {
        boolean repeats = query.tail() != null && bytes == 0 && number < ATTEMPTS;
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
        slices.begin();
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
        workers.executeBlocking(() -> slices.search(slice, last), false).onComplete(this::searched, this::fail);
    }

    private void searched(SliceSearch.Step step) {
        busy = false;
        if (over) {
            return;
        }
        if (failure != null && step == SliceSearch.Step.MORE) {
            fail(failure);
            return;
        }
        onSlice.run();
        if (over) {
            return;
        }
        switch (step) {
            case MORE -> search();
            case REQUEST_ENDED -> readFurther();
            case LOG_ENDED -> end(true);
            case SCAN_DONE -> end(false);
        }
    }

    private void readFurther() {
        close();
        failure = null;
        streamEnded = false;
        slices.lost().next().onComplete(this::readFurther, this::fail);
    }

    /** @param next null when there is nothing to request */
    private void readFurther(LogQuery next) {
        if (over) {
            return;
        }
        if (next == null) {
            slices.endsHere();
            streamEnded = true;
            search();
        } else {
            query = next;
            open();
        }
    }

    /** @param ofLog whether the engine has ended the read */
    private void end(boolean ofLog) {
        over = true;
        close();
        ended.complete(new End(ofLog, slices.report()));
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
