package io.dockrelay.controller.logs.download;

import java.time.Duration;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.LineBlockBuilder;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One download of a container's stored log: reads as much from the engine as is pulled; the rest stays there. Owned by the
 * {@link DownloadVerticle}, on its context; ends with the log, with its connection, or with {@link #close}.
 */
final class LogDownload {

    /** Bytes of a part: from here on the engine is paused. */
    private static final int PART_BYTES = 128 * 1024;

    /** A pull is answered after this time, even when the engine has sent nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LogStream stream;
    private final EntryDecoder decoder;
    private final LineJoiner joiner;
    private final DownloadBounds bounds;
    private final LineBlockBuilder lines = new LineBlockBuilder();

    /** The pull that waits for a part; null while none does. */
    private Promise<DownloadPart> waiting;

    /** Runs while a pull waits. */
    private final Timeout patience;

    /** True once nothing more is read from the engine. */
    private boolean ended;

    /** Why it ended before the log did; null otherwise. */
    private Throwable failure;

    LogDownload(Vertx vertx, LogStream stream, LoggedContainer source, DownloadBounds bounds) {
        this.patience = new Timeout(vertx);
        this.stream = stream;
        this.bounds = bounds;
        this.joiner = new LineJoiner(source.terminal(), this::line);
        this.decoder = EntryDecoderFactory.create(source.terminal(), EntryReader.bounded(true, joiner));
        stream.exceptionHandler(this::broken);
        stream.endHandler(end -> endOfLog());
        stream.handler(this::feed);
    }

    /** The next part, when there is one; one pull at a time. */
    Future<DownloadPart> pull() {
        if (waiting != null) {
            waiting.tryComplete(new DownloadPart(null, false, null));
        }
        waiting = Promise.promise();
        Future<DownloadPart> part = waiting.future();
        answer();
        if (waiting != null) {
            patience.start(PATIENCE, this::give);
            stream.resume();
        }
        return part;
    }

    void close() {
        ended = true;
        patience.cancel();
        stream.cancel();
        if (waiting != null) {
            waiting.tryComplete(new DownloadPart(null, true, "it was closed"));
            waiting = null;
        }
    }

    private void feed(Buffer buffer) {
        if (ended) {
            return;
        }
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        if (bounds.passed()) {
            ended = true;
            stream.cancel();
        }
        answer();
    }

    private void line(Line line) {
        if (bounds.include(line.stamp)) {
            line.writeTo(lines);
        }
    }

    private void endOfLog() {
        if (!ended) {
            decoder.end();
            joiner.end();
            ended = true;
            answer();
        }
    }

    private void broken(Throwable cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            stream.cancel();
            answer();
        }
    }

    private void answer() {
        if (ended || lines.size() >= PART_BYTES) {
            stream.pause();
            give();
        }
    }

    private void give() {
        if (waiting == null) {
            return;
        }
        patience.cancel();
        String why = Optional.ofNullable(failure).map(Throwable::getMessage).orElse(null);
        Promise<DownloadPart> asked = waiting;
        waiting = null;
        asked.complete(new DownloadPart(lines.take(), ended, why));
    }
}
