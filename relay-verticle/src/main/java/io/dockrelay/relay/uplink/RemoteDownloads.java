package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
import io.dockrelay.protocol.timers.Timeout;

/**
 * Downloads of whole logs over a controller's REST interface. A download that is not pulled for its lease ends. Owned by its
 * {@link RemoteController}, on the uplink's context.
 */
final class RemoteDownloads {

    private final Vertx vertx;
    private final ControllerRest rest;
    private final Map<String, Open> open = new HashMap<>();

    /** A download, and the timeout that ends it when it is not pulled. */
    private record Open(RemoteDownload download, Timeout lease) {}

    RemoteDownloads(Vertx vertx, ControllerRest rest) {
        this.vertx = vertx;
        this.rest = rest;
    }

    Future<DownloadOpened> open(OpenDownload request, WireVersion version) {
        if (version == WireVersion.V1) {
            String why = "the controller of this container (version 1) gives its newest lines only; update it";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return rest.stream(path(request)).map(response -> {
            var opened = new Open(new RemoteDownload(vertx, response), new Timeout(vertx));
            open.put(request.download(), opened);
            renew(request.download(), opened);
            return new DownloadOpened(request.container());
        });
    }

    Future<DownloadPart> pull(PullDownload request) {
        Open found = open.get(request.download());
        if (found == null) {
            String why = "there is no such download, or it has ended";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        renew(request.download(), found);
        if (!request.wanted()) {
            return Future.succeededFuture(DownloadPart.none());
        }
        return found.download().pull().onSuccess(part -> {
            if (part.ended()) {
                end(request.download());
            }
        });
    }

    Future<Acknowledged> close(CloseDownload request) {
        end(request.download());
        return Future.succeededFuture(new Acknowledged());
    }

    /** Ends all downloads. */
    void close() {
        List.copyOf(open.keySet()).forEach(this::end);
    }

    private void renew(String id, Open renewed) {
        renewed.lease().start(PullDownload.LEASE, () -> end(id));
    }

    private void end(String id) {
        Open gone = open.remove(id);
        if (gone != null) {
            gone.lease().cancel();
            gone.download().close();
        }
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
