package io.dockrelay.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Future;

/** Reads a log to its end; records the bytes and how it ended. */
final class LogRecorder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    final AtomicLong bytes = new AtomicLong();

    /** Sets the handlers on the stream's context as soon as it is open; leaves it paused. */
    static Future<LogRecorder> paused(Future<LogStream> opening) {
        return opening.map(stream -> new LogRecorder(stream));
    }

    static Future<LogRecorder> reading(Future<LogStream> opening) {
        return paused(opening).map(recorder -> {
            recorder.stream.resume();
            return recorder;
        });
    }

    final LogStream stream;

    private LogRecorder(LogStream stream) {
        this.stream = stream;
        StdStreamDecoder decoder = new StdStreamDecoder(stream.multiplexed());
        stream.exceptionHandler(broken::complete);
        stream.endHandler(end -> ended.complete(null));
        stream.handler(buffer -> {
            bytes.addAndGet(buffer.length());
            decoder.feed(buffer, this::keep);
        });
    }

    private synchronized void keep(int std, byte[] buffer, int from, int to) {
        // The bytes of a flood are counted, not kept.
        if (out.size() < 1 << 20) {
            (std == StdStreamDecoder.STDERR ? err : out).write(buffer, from, to - from);
        }
    }

    synchronized String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
