package io.dockrelay.controller.logs.download;

import java.time.Instant;
import java.util.Objects;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.bus.download.DownloadPulls;
import io.dockrelay.protocol.bus.download.DownloadSource;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadPart;

/**
 * One download of a container's stored log: reads as much from the engine as is pulled; the rest stays there. Owned by the
 * {@link DownloadVerticle}, on its context; ends with the log, with its connection, or with {@link #close}.
 */
final class LogDownload implements DownloadSource {

    private final LogStream stream;

    /** Null when it is not known. */
    private final Instant newest;

    private final EntryDecoder decoder;
    private final DownloadBounds bounds;
    private final FileFormat file;
    private final LineWriter writer;
    private final DownloadPulls pulls;

    /**
     * What is read.
     *
     * @param stream paused; cancelled by the download
     * @param newest time of the store's newest line before the stream was opened; null when it is not known
     */
    record Source(LogStream stream, boolean terminal, Instant newest) {}

    LogDownload(Vertx vertx, Source source, DownloadBounds bounds, DownloadFormat format) {
        this.pulls = new DownloadPulls(vertx, this);
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
        return pulls.pull();
    }

    void close() {
        pulls.end("the download was closed");
        stream.cancel();
    }

    @Override
    public void resume() {
        stream.resume();
    }

    @Override
    public void pause() {
        stream.pause();
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
            stream.cancel();
        } else {
            pulls.arrived();
        }
    }

    private void endOfLog() {
        if (pulls.hasEnded()) {
            return;
        }
        decoder.end();
        String missing = bounds.missing(newest);
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

    private void broken(Throwable cause) {
        stream.cancel();
        pulls.end(Objects.requireNonNullElseGet(cause.getMessage(), cause::toString));
    }
}
