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
 * A log that a controller sends over REST: read as it is pulled, so that a slow reader holds it back at the engine. Owned
 * by {@link RemoteDownloads}, on the uplink's context; ends with the answer, with its connection, or with {@link #close}.
 */
final class RemoteDownload {

    private static final Logger log = LoggerFactory.getLogger(RemoteDownload.class);

    /** Bytes of a part. */
    private static final int PART_BYTES = 128 * 1024;

    /** A pull is answered after so long, even when nothing comes. */
    private static final Duration LONGEST_PULL = Duration.ofSeconds(5);

    private final HttpClientResponse response;
    private final JsonLines lines = new JsonLines();

    /** Null while nobody waits for a part. */
    private Promise<DownloadPart> waiting;

    /** Runs while a pull waits for a part. */
    private final Timeout longestPull;

    private boolean over;

    /** Why it broke; null while it has not. */
    private String broken;

    /** @param response paused */
    RemoteDownload(Vertx vertx, HttpClientResponse response) {
        this.longestPull = new Timeout(vertx);
        this.response = response;
        response.exceptionHandler(failure -> end("the connection to the controller broke: " + failure.getMessage()));
        response.endHandler(end -> end(null));
        response.handler(this::feed);
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
            longestPull.start(LONGEST_PULL, this::give);
            response.resume();
        }
        return part;
    }

    void close() {
        if (!over) {
            over = true;
            response.request().reset().onFailure(ended -> log.debug("the download had ended already"));
        }
        give();
    }

    private void feed(Buffer buffer) {
        if (over) {
            return;
        }
        try {
            lines.feed(buffer);
        } catch (IllegalArgumentException e) {
            broken = "the controller's log is not understood: " + e.getMessage();
            close();
            return;
        }
        answer();
    }

    private void end(String why) {
        if (!over) {
            over = true;
            broken = lines.ended() ? null : why;
            give();
        }
    }

    private void answer() {
        if (over || lines.size() >= PART_BYTES) {
            response.pause();
            give();
        }
    }

    private void give() {
        longestPull.cancel();
        if (waiting == null) {
            return;
        }
        Promise<DownloadPart> asked = waiting;
        waiting = null;
        String why = broken == null ? lines.failure() : broken;
        asked.complete(new DownloadPart(lines.take(), over, over ? why : null));
    }
}
