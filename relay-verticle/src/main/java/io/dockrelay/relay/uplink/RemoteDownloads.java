package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.PullDownload;
import io.dockrelay.protocol.timers.Leases;

/**
 * Downloads of whole logs over a controller's REST interface. A download that is not pulled for its lease ends. Owned by its
 * {@link RemoteController}, on the uplink's context.
 */
final class RemoteDownloads {

    private final Vertx vertx;
    private final ControllerRest rest;
    private final Leases<RemoteDownload> open;

    RemoteDownloads(Vertx vertx, ControllerRest rest) {
        this.vertx = vertx;
        this.rest = rest;
        this.open = new Leases<>(vertx, "download", PullDownload.LEASE, RemoteDownload::close);
    }

    Future<DownloadOpened> open(OpenDownload request, WireVersion version) {
        if (version == WireVersion.V1) {
            String why = "the controller of this container (version 1) gives its newest lines only; update it";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return rest.stream(path(request)).map(response -> {
            open.put(request.download(), new RemoteDownload(vertx, response));
            return new DownloadOpened(request.container());
        });
    }

    Future<DownloadPart> pull(PullDownload request) {
        RemoteDownload found = open.use(request.download());
        if (found == null) {
            String why = "there is no such download, or it has ended";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        if (!request.wanted()) {
            return Future.succeededFuture(DownloadPart.none());
        }
        return found.pull().onSuccess(part -> {
            if (part.ended()) {
                open.end(request.download());
            }
        });
    }

    Future<Acknowledged> close(CloseDownload request) {
        open.end(request.download());
        return Future.succeededFuture(new Acknowledged());
    }

    /** Ends all downloads. */
    void close() {
        open.endAll();
    }

    private static String path(OpenDownload request) {
        List<String> query =
                new ArrayList<>(List.of("format=" + request.format().parameter()));
        if (request.since() != null) {
            query.add("since=" + ControllerRest.encode(request.since()));
        }
        if (request.until() != null) {
            query.add("until=" + ControllerRest.encode(request.until()));
        }
        return "/container/" + ControllerRest.encode(request.container()) + "/logs/download?" + String.join("&", query);
    }
}
