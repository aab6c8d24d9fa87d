package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/**
 * One bounded read of the engine's store. It ends at the end of the store, where the engine reports that it cannot read on,
 * when the rest is not needed, at the deadline, or at a number of bytes, whichever is first; its future completes then. Runs
 * on the caller's context.
 */
final class StoreRead implements StoreStream.Events {

    /**
     * The limits of a read, beyond which it fails.
     *
     * @param bytes that the engine sends
     * @param time of all requests together
     */
    record Bounds(long bytes, Duration time) {}

    /**
     * How a read ended.
     *
     * @param ofLog whether the engine ended it
     * @param report the engine's sentence why it cannot read the log any further; null when it has not reported that, or when
     *     enough was read before
     */
    record End(boolean ofLog, long bytes, String report) {}

    /** What is read. */
    record Request(DockerEngine engine, String containerId, LogQuery query, Bounds bounds) {}

    private final Vertx vertx;
    private final Request request;
    private final EntryReader reader;

    /** What continues the read after a report of the engine; null when nothing does. */
    private final LostEntries lost;

    private final LongPredicate done;
    private final Promise<End> ended = Promise.promise();

    /** The current one. */
    private StoreStream stream;

    /** The first report of the engine; null while there is none. */
    private String report;

    private long bytes;

    private StoreRead(Vertx vertx, Request request, EntryReader reader, LostEntries lost, LongPredicate done) {
        this.vertx = vertx;
        this.request = request;
        this.reader = reader;
        this.lost = lost;
        this.done = done;
    }

    /**
     * Reads.
     *
     * @param lost what continues the read after a report of the engine; null when nothing does
     * @param done asked after each buffer, with the number of bytes so far: whether the rest is not needed
     */
    static Future<End> run(Vertx vertx, Request request, EntryReader reader, LostEntries lost, LongPredicate done) {
        return new StoreRead(vertx, request, reader, lost, done).start();
    }

    private Future<End> start() {
        Context context = vertx.getOrCreateContext();
        // A timer of Vert.x would end with the verticle of the caller, and leave the stream open forever.
        ended.future()
                .timeout(request.bounds().time().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        context.runOnContext(late -> outOfTime());
                    }
                });
        open(request.query());
        return ended.future();
    }

    private void open(LogQuery query) {
        var source = new StoreStream.Source(request.engine(), request.containerId());
        stream = new StoreStream(vertx, source, query, reader, this);
        stream.open();
    }

    @Override
    public void arrived(int more) {
        bytes += more;
        if (done.test(bytes)) {
            finish(false);
        } else if (reader.report() != null) {
            report = report == null ? reader.report() : report;
            readFurther();
        } else if (bytes > request.bounds().bytes()) {
            fail("takes more than " + request.bounds().bytes() + " bytes");
        }
    }

    @Override
    public void ended() {
        if (lost != null && lost.isPart()) {
            readFurther();
        } else {
            finish(true);
        }
    }

    @Override
    public void failed(Throwable cause) {
        boolean unused = ended.tryFail(cause);
        stream.close();
    }

    private void readFurther() {
        stream.close();
        if (lost == null) {
            finish(true);
        } else {
            lost.next().onComplete(this::readFurther, failure -> {
                if (failure instanceof Refusal) {
                    outOfTime();
                } else {
                    failed(failure);
                }
            });
        }
    }

    /** @param next null when nothing continues the read */
    private void readFurther(LogQuery next) {
        if (next == null) {
            finish(true);
        } else if (!ended.future().isComplete()) {
            open(next);
        }
    }

    /** What was read before damage is a result. */
    private void outOfTime() {
        if (report == null) {
            fail("did not end in time");
        } else {
            finish(true);
        }
    }

    private void fail(String why) {
        failed(new Refusal(RefusalKind.TIMED_OUT, "Reading the log " + why + "; the log is long, or the engine busy."));
    }

    private void finish(boolean atEnd) {
        boolean unused = ended.tryComplete(new End(atEnd, bytes, atEnd ? report : null));
        stream.close();
    }
}
