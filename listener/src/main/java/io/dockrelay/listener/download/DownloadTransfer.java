package io.dockrelay.listener.download;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.PullDownload;

/**
 * One log on its way to one client: the next part is pulled when the client has taken the one before, so nothing piles
 * up here. On the response's context; ends with the log, with the client, or when the client has taken nothing for
 * {@link #MOST_PATIENCE}.
 */
final class DownloadTransfer {

    private static final Logger log = LoggerFactory.getLogger(DownloadTransfer.class);

    /** How long a client may pause. */
    static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final String download;
    private final DownloadFormat format;
    private final HttpServerResponse response;

    private long lines;

    /** True once nothing more is pulled. */
    private boolean over;

    /** -1 while the client takes what it gets. */
    private long timer = -1;

    /** How often the client's pause was looked at. */
    private int looks;

    DownloadTransfer(
            Vertx vertx,
            Bus bus,
            String controller,
            String download,
            DownloadFormat format,
            HttpServerResponse response) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.download = download;
        this.format = format;
        this.response = response;
    }

    void head(String container) {
        String file = DownloadFormat.fileName(container) + "_" + STAMP.format(Instant.now()) + "." + format.extension();
        response.setStatusCode(200)
                .putHeader("Content-Type", format.contentType())
                .putHeader("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .putHeader("Cache-Control", "no-store");
    }

    void endOfHead() {
        said(response.end());
    }

    void begin() {
        response.setChunked(true);
        response.exceptionHandler(gone -> abandon());
        response.closeHandler(gone -> abandon());
        pull();
    }

    /** Gives the log back to the controller before its end. */
    void abandon() {
        if (!over) {
            finish();
            bus.ask(Addresses.closeDownload(controller), new CloseDownload(download))
                    .onFailure(failure -> log.debug("the download ends by itself then: {}", failure.getMessage()));
        }
    }

    private void pull() {
        bus.ask(Addresses.pullDownload(controller), new PullDownload(download, true))
                .onComplete(this::take, failure -> end(failure.getMessage()));
    }

    private void take(DownloadPart part) {
        if (over) {
            return;
        }
        if (!part.lines().isEmpty()) {
            lines += part.lines().count();
            said(response.write(format.lines(part.lines())));
        }
        if (part.ended()) {
            end(part.failure());
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> goOn());
            looks = 0;
            timer = vertx.setPeriodic(PullDownload.RENEW_EVERY.toMillis(), look -> stillThere());
        } else {
            pull();
        }
    }

    private void goOn() {
        if (timer >= 0 && !over) {
            stopTimer();
            pull();
        }
    }

    /** The client takes nothing now: the controller has to know that it is still there. */
    private void stillThere() {
        looks++;
        if (looks > MOST_PATIENCE.dividedBy(PullDownload.RENEW_EVERY)) {
            log.info("a download of {} lines so far was given up: its client has stopped reading", lines);
            abandon();
            said(response.reset());
            return;
        }
        bus.ask(Addresses.pullDownload(controller), new PullDownload(download, false))
                .onFailure(failure -> log.debug("the next part will not come: {}", failure.getMessage()));
    }

    private void end(String failure) {
        if (!over) {
            finish();
            said(response.end(Buffer.buffer(format.end(lines, failure))));
        }
    }

    private void finish() {
        over = true;
        stopTimer();
    }

    private void stopTimer() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private static void said(Future<Void> sent) {
        sent.onFailure(gone -> log.debug("nobody was left to read a download"));
    }
}
