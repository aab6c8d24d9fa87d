package io.dockrelay.controller.logs.download;

import java.time.Instant;
import java.util.Objects;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.store.LostEntries;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.bus.download.DownloadPulls;
import io.dockrelay.protocol.bus.download.DownloadSource;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One download of a container's stored log: reads as much from the engine as is pulled; the rest stays there. Owned by the
 * {@link DownloadVerticle}, on its context; ends with the log, with its connection, or with {@link #close}.
 */
final class LogDownload implements DownloadSource {

    /** Of a further request; the last one waits, for an engine that is only slow. */
    private static final int ATTEMPTS = 3;

    private final Source source;
    private final DownloadBounds bounds;
    private final FileFormat file;
    private final LineWriter writer;
    private final EntryReader reader;
    private final LostEntries lost;
    private final DownloadPulls pulls;

    /** Runs from a further request until its first byte. */
    private final Timeout silence;

    /** Number of the current request, from 0. */
    private int request;

    /** The current stream; null while the next one is looked for. */
    private LogStream stream;

    /** Of the current stream. */
    private EntryDecoder decoder;

    /** Whether bytes are wanted. */
    private boolean flows;

    /** The first report of the engine; null while there is none. */
    private String report;

    /**
     * What is read.
     *
     * @param stream paused; cancelled by the download
     * @param query what it was requested with
     * @param newest time of the store's newest line before the stream was opened; null when it is not known
     */
    record Source(
            DockerEngine engine,
            StoreReader store,
            String containerId,
            LogStream stream,
            LogQuery query,
            Instant newest) {}

    LogDownload(Vertx vertx, Source source, DownloadBounds bounds, DownloadFormat format) {
        this.pulls = new DownloadPulls(vertx, this);
        this.silence = new Timeout(vertx);
        this.source = source;
        this.bounds = bounds;
        this.file = FileFormat.of(format);
        this.writer = new LineWriter(source.query.tty(), bounds, file);
        this.reader = new EntryReader(true, writer);
        this.lost = source.store.lostEntries(source.containerId, reader, source.query);
        read(source.stream);
    }

    private void read(LogStream opened) {
        stream = opened;
        decoder = EntryDecoderFactory.create(source.query.tty(), reader);
        stream.exceptionHandler(this::broken);
        stream.endHandler(end -> {
            silence.cancel();
            decoder.end();
            if (lost.isPart()) {
                readFurther();
            } else {
                endOfLog();
            }
        });
        stream.handler(this::feed);
        if (flows) {
            stream.resume();
        }
    }

    /** The next part, when there is one; one pull at a time. */
    Future<DownloadPart> pull() {
        return pulls.pull();
    }

    void close() {
        pulls.end("the download was closed");
        cancel();
    }

    @Override
    public void resume() {
        flows = true;
        if (stream != null) {
            stream.resume();
        }
    }

    @Override
    public void pause() {
        flows = false;
        if (stream != null) {
            stream.pause();
        }
    }

    @Override
    public int size() {
        return file.size();
    }

    @Override
    public byte[] take() {
        return file.take();
    }

    private void feed(Buffer buffer) {
        silence.cancel();
        if (pulls.hasEnded()) {
            return;
        }
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        if (bounds.passed()) {
            complete();
            cancel();
        } else if (reader.report() != null) {
            readFurther();
        } else {
            pulls.arrived();
        }
    }

    /** The engine cannot read on, or has sent a part of what it read before that. */
    private void readFurther() {
        report = report == null ? reader.report() : report;
        cancel();
        lost.next()
                .onComplete(
                        next -> {
                            if (next == null) {
                                endOfLog();
                            } else if (!pulls.hasEnded()) {
                                open(next, 1);
                            }
                        },
                        this::broken);
    }

    private void open(LogQuery next, int attempt) {
        int mine = ++request;
        if (next.tail() != null && attempt < ATTEMPTS) {
            awaitFirst(next, attempt);
        }
        source.engine.logs(source.containerId, next).onComplete(further -> opened(mine, further), failure -> {
            if (mine == request) {
                broken(failure);
            }
        });
    }

    /** A stream that is paused sends nothing. */
    private void awaitFirst(LogQuery query, int attempt) {
        silence.start(StoreReader.patience(query.tail()), () -> {
            if (stream != null && !flows) {
                awaitFirst(query, attempt);
            } else {
                cancel();
                open(query, attempt + 1);
            }
        });
    }

    private void opened(int number, LogStream further) {
        if (number != request || pulls.hasEnded()) {
            further.cancel();
        } else {
            read(further);
        }
    }

    private void endOfLog() {
        if (pulls.hasEnded()) {
            return;
        }
        String missing = bounds.missing(source.newest, report);
        if (missing == null) {
            complete();
        } else {
            writer.end();
            pulls.end(missing);
        }
    }

    private void complete() {
        writer.end();
        file.complete();
        pulls.end(null);
    }

    private void cancel() {
        silence.cancel();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    private void broken(Throwable cause) {
        cancel();
        pulls.end(Objects.requireNonNullElseGet(cause.getMessage(), cause::toString));
    }
}
