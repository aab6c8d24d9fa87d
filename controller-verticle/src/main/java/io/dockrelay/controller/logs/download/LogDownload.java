package io.dockrelay.controller.logs.download;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadPart;
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

    /** Null when it is not known. */
    private final Instant newest;

    private final EntryDecoder decoder;
    private final DownloadBounds bounds;
    private final FileFormat file;
    private final LineWriter writer;

    /** The pull that waits for a part; null while none does. */
    private Promise<DownloadPart> waiting;

    /** Runs while a pull waits. */
    private final Timeout patience;

    /** True once nothing more is read from the engine. */
    private boolean ended;

    /** Why it ended before the log did; null otherwise. */
    private Throwable failure;

    /**
     * What is read.
     *
     * @param stream paused; cancelled by the download
     * @param newest time of the store's newest line before the stream was opened; null when it is not known
     */
    record Source(LogStream stream, boolean terminal, Instant newest) {}

    LogDownload(Vertx vertx, Source source, DownloadBounds bounds, DownloadFormat format) {
        this.patience = new Timeout(vertx);
        this.stream = source.stream;
        this.newest = source.newest;
        this.bounds = bounds;
        this.file = FileFormat.of(format);
        this.writer = new LineWriter(source.terminal, bounds, file);
        this.decoder = EntryDecoderFactory.create(source.terminal, EntryReader.bounded(true, writer));
        stream.exceptionHandler(this::broken);
        stream.endHandler(end -> endOfLog());
        stream.handler(this::feed);
    }

    /** The next part, when there is one; one pull at a time. */
    Future<DownloadPart> pull() {
        if (waiting != null) {
            waiting.tryComplete(DownloadPart.none());
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
            writer.end();
            complete();
            stream.cancel();
        }
        answer();
    }

    private void endOfLog() {
        if (ended) {
            return;
        }
        decoder.end();
        writer.end();
        String missing = bounds.missing(newest);
        if (missing == null) {
            complete();
            answer();
        } else {
            broken(new DockerEngineException(Kind.SERVER_ERROR, missing));
        }
    }

    private void complete() {
        file.complete();
        ended = true;
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
        if (ended || file.size() >= PART_BYTES) {
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
        asked.complete(new DownloadPart(file.take(), ended, why));
    }
}
