package io.dockrelay.listener.download;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.OpenDownload;

/**
 * Answers {@code GET} and {@code HEAD} of {@code …/logs/download}. A failure before the first byte is answered with its
 * status; a later one is written into the last line, and then
 * resets the connection. Stateless; on the server's context.
 */
public final class LogDownloads {

    private final Vertx vertx;
    private final Bus bus;

    public LogDownloads(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Validates only the query, before the caller looks up the container. */
    public static void check(RoutingContext context) {
        var unused = DownloadRequest.of(context.queryParams()::get);
    }

    /**
     * Sends the log.
     *
     * @throws IllegalArgumentException for an invalid query, with a sentence for the client
     */
    public void send(RoutingContext context, String controller, String container) {
        OpenDownload open = DownloadRequest.of(context.queryParams()::get).open(container);
        bus.ask(Addresses.openDownload(controller), open)
                .onSuccess(opened -> begin(context, controller, open, opened))
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    private void begin(RoutingContext context, String controller, OpenDownload open, DownloadOpened opened) {
        var transfer = new DownloadTransfer(vertx, bus, controller, open, context.response());
        if (context.response().closed()) {
            transfer.abandon();
            return;
        }
        transfer.head(opened.container());
        if (context.request().method().equals(HttpMethod.HEAD)) {
            transfer.abandon();
            transfer.endOfHead();
        } else {
            transfer.begin();
        }
    }
}
