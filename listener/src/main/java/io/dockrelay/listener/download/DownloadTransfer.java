package io.dockrelay.listener.download;

import java.time.Duration;
import java.time.Instant;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.ReadPause;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadFormat;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.PullDownload;

/**
 * Sends one log to one client. Pulls the next part when the client has taken the previous one, so at most one part is
 * held. On the response's context; ends with the log, with the client, or when the client has read nothing for {@link
 * #LONGEST_PAUSE}.
 */
final class DownloadTransfer implements ReadPause.Events {

    private static final Logger log = LoggerFactory.getLogger(DownloadTransfer.class);

    /** How long a client may read nothing. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Bus bus;
    private final String controller;
    private final String download;
    private final DownloadFormat format;
    private final HttpServerResponse response;

    private final SentLines sent;

    private final ReadPause pause;

    /** True once the transfer has ended. */
    private boolean over;

    DownloadTransfer(Vertx vertx, Bus bus, String controller, OpenDownload open, HttpServerResponse response) {
        this.bus = bus;
        this.controller = controller;
        this.download = open.download();
        this.format = open.format();
        this.response = response;
        this.sent = new SentLines(format);
        this.pause = new ReadPause(vertx, response, PullDownload.RENEW_EVERY, LONGEST_PAUSE, this);
    }

    void head(String container) {
        String file = FileName.of(container, Instant.now(), format.extension());
        response.setStatusCode(200)
                .putHeader("Content-Type", format.contentType())
                .putHeader("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .putHeader("Cache-Control", "no-store");
    }

    void endOfHead() {
        ignoreFailure(response.end());
    }

    void begin() {
        response.setChunked(true);
        response.exceptionHandler(gone -> abandon());
        response.closeHandler(gone -> abandon());
        pull();
    }

    /** Closes the controller's download before its end. */
    void abandon() {
        if (!over) {
            finish();
            bus.ask(Addresses.closeDownload(controller), new CloseDownload(download))
                    .onFailure(failure ->
                            log.debug("download not closed, its lease will expire: {}", failure.getMessage()));
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
        if (part.bytes().length > 0) {
            sent.add(part.bytes());
            ignoreFailure(response.write(Buffer.buffer(part.bytes())));
        }
        if (part.ended()) {
            end(part.failure());
        } else if (response.writeQueueFull()) {
            pause.begin();
        } else {
            pull();
        }
    }

    @Override
    public void resumed() {
        pull();
    }

    /** Keeps the controller's download open. */
    @Override
    public void renew() {
        bus.ask(Addresses.pullDownload(controller), new PullDownload(download, false))
                .onFailure(failure -> log.debug("download not renewed: {}", failure.getMessage()));
    }

    @Override
    public void tooLong() {
        log.info("download aborted after {} lines: the client has read nothing for {}", sent.lines(), LONGEST_PAUSE);
        abandon();
        ignoreFailure(response.reset());
    }

    /**
     * A file that is not complete ends with a connection error, so that a client does not take it for a complete one.
     *
     * @param failure null when the controller has sent all it has
     */
    private void end(String failure) {
        if (over) {
            return;
        }
        finish();
        if (failure == null && sent.complete()) {
            ignoreFailure(response.end());
            return;
        }
        String reason = failure == null ? "the controller ended the log early" : failure;
        log.info("download incomplete after {} lines: {}", sent.lines(), reason);
        ignoreFailure(response.write(endOfIncomplete(reason)).eventually(response::reset));
    }

    /** Empty when a controller on another host has written it. */
    private Buffer endOfIncomplete(String reason) {
        if (sent.ended()) {
            return Buffer.buffer();
        }
        return Buffer.buffer(sent.insideLine() ? "\n" : "").appendString(format.end(sent.lines(), reason));
    }

    private void finish() {
        over = true;
        pause.end();
    }

    /** A write fails only after the client has disconnected. */
    private static void ignoreFailure(Future<Void> sent) {
        sent.onFailure(gone -> log.debug("the client of a download disconnected"));
    }
}
