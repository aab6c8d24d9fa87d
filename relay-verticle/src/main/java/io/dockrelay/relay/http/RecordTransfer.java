package io.dockrelay.relay.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.record.RecordExport;

/**
 * Sends one export: a part is read on a worker when the client has taken the one before. An export that cannot be read to its
 * end, or whose client reads nothing for a long time, resets the connection, so that no client takes it for a whole one. On the response's context.
 */
final class RecordTransfer {

    private static final Logger log = LoggerFactory.getLogger(RecordTransfer.class);

    /** How long a client may read nothing. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final RecordExport export;
    private final Duration longestPause;
    private final Promise<Void> over = Promise.promise();

    RecordTransfer(Vertx vertx, HttpServerResponse response, RecordExport export) {
        this(vertx, response, export, LONGEST_PAUSE);
    }

    RecordTransfer(Vertx vertx, HttpServerResponse response, RecordExport export, Duration longestPause) {
        this.vertx = vertx;
        this.response = response;
        this.export = export;
        this.longestPause = longestPause;
    }

    /** Succeeds when the transfer is over, in whatever way. */
    Future<Void> run() {
        response.setChunked(true)
                .putHeader("Content-Type", "application/x-ndjson; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Disposition", "attachment; filename=\"dockrelay-record.jsonl\"");
        next();
        return over.future();
    }

    private void next() {
        vertx.executeBlocking(export::next, false).onSuccess(this::send).onFailure(this::failed);
    }

    private void send(byte[] part) {
        if (response.closed()) {
            end();
        } else if (part == null) {
            inTime(response.end()).onSuccess(sent -> end()).onFailure(this::notTaken);
        } else if (part.length == 0) {
            next();
        } else {
            inTime(response.write(Buffer.buffer(part)))
                    .onSuccess(taken -> next())
                    .onFailure(this::notTaken);
        }
    }

    private Future<Void> inTime(Future<Void> sent) {
        return sent.timeout(longestPause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void notTaken(Throwable cause) {
        if (cause instanceof TimeoutException) {
            log.info("export of the record aborted: the client has read nothing for {}", longestPause);
            response.reset().onComplete(reset -> end());
        } else {
            end();
        }
    }

    private void failed(Throwable cause) {
        log.warn("the record could not be exported: {}", cause.getMessage());
        response.reset().onComplete(reset -> end());
    }

    private void end() {
        vertx.<Void>executeBlocking(this::close, false).onComplete(closed -> over.tryComplete());
    }

    private Void close() throws IOException {
        export.close();
        return null;
    }
}
