package io.dockrelay.relay.uplink;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.timers.Timeout;

/**
 * A file that a controller sends over REST, passed on as it is. It is read only while it is pulled, so a slow reader also
 * slows down the engine's stream. Owned by {@link RemoteDownloads}, on the uplink's context; ends with the answer, with its
 * connection, or with {@link #close}.
 */
final class RemoteDownload {

    private static final Logger log = LoggerFactory.getLogger(RemoteDownload.class);

    /** Bytes of a part. */
    private static final int PART_BYTES = 128 * 1024;

    /** After this time a pull is answered with the bytes that have arrived, even if there are none. */
    private static final Duration LONGEST_PULL = Duration.ofSeconds(5);

    private final HttpClientResponse response;

    /** The bytes that were not taken. */
    private Buffer arrived = Buffer.buffer();

    /** The pull that waits for a part; null while there is none. */
    private Promise<DownloadPart> waiting;

    /** Runs while a pull waits for a part. */
    private final Timeout longestPull;

    /** True once nothing more is read. */
    private boolean over;

    /** Why it failed; null while it has not. */
    private String failure;

    /** @param response paused */
    RemoteDownload(Vertx vertx, HttpClientResponse response) {
        this.longestPull = new Timeout(vertx);
        this.response = response;
        response.exceptionHandler(
                lost -> end("the connection to the controller was lost: " + ConnectionFailures.why(lost)));
        response.endHandler(end -> end(null));
        response.handler(this::feed);
    }

    /** The next part; a pull that still waits is answered without bytes. */
    Future<DownloadPart> pull() {
        if (waiting != null) {
            waiting.tryComplete(DownloadPart.none());
        }
        waiting = Promise.promise();
        Future<DownloadPart> part = waiting.future();
        answer();
        if (waiting != null) {
            longestPull.start(LONGEST_PULL, this::give);
            response.resume();
        }
        return part;
    }

    void close() {
        if (!over) {
            over = true;
            failure = "the download was closed";
            response.request().reset().onFailure(ended -> log.debug("the download has ended already"));
        }
        give();
    }

    private void feed(Buffer buffer) {
        if (over) {
            return;
        }
        arrived.appendBuffer(buffer);
        answer();
    }

    private void end(String why) {
        if (!over) {
            over = true;
            failure = why;
            give();
        }
    }

    private void answer() {
        if (over || arrived.length() >= PART_BYTES) {
            response.pause();
            give();
        }
    }

    private void give() {
        longestPull.cancel();
        if (waiting == null) {
            return;
        }
        Promise<DownloadPart> pull = waiting;
        waiting = null;
        Buffer bytes = arrived;
        arrived = Buffer.buffer();
        pull.complete(new DownloadPart(bytes.getBytes(), over, failure));
    }
}
