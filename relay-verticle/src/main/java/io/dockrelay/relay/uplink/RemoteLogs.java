package io.dockrelay.relay.uplink;

import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.wire.LogPages;
import io.dockrelay.protocol.wire.LogQueries;

/** Reads pages of stored logs over a controller's REST interface. On the uplink's context. */
final class RemoteLogs {

    private final ControllerRest rest;

    RemoteLogs(ControllerRest rest) {
        this.rest = rest;
    }

    Future<LogPage> read(ReadLogs request, WireVersion version) {
        return version == WireVersion.V1 ? newest(request) : page(request);
    }

    private Future<LogPage> page(ReadLogs request) {
        return get(path(request.container()) + LogQueries.write(request));
    }

    /** Version 1 has only {@code tail}. The lines after the position are cut off here. */
    private Future<LogPage> newest(ReadLogs request) {
        boolean through = request.anchor() == Anchor.THROUGH;
        if ((!through && request.anchor() != Anchor.NEWEST) || request.since() != null || request.until() != null) {
            String why = "the controller of this container gives its newest lines only";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        int tail = request.limit() + (through ? WireVersion.V1_OVERLAP : 0);
        return get(path(request.container()) + "?tail=" + tail).map(page -> cut(page, request, through, tail));
    }

    private static LogPage cut(LogPage page, ReadLogs request, boolean through, int tail) {
        LineBlock lines = page.lines();
        int end = through ? WireVersion.endOf(request.position(), lines) : lines.count();
        boolean anchored = end >= 0;
        int to = anchored ? end : lines.count();
        int from = Math.max(0, to - request.limit());
        LineBlock wanted = lines.slice(from, to);
        boolean more = from > 0 || (lines.count() >= tail && wanted.count() == request.limit());
        var slice = new LogSlice(wanted, null, WireVersion.v1Cursor(wanted));
        return new LogPage(page.container(), slice, more, to < lines.count(), anchored, List.of());
    }

    private Future<LogPage> get(String path) {
        return rest.get(path).compose(body -> {
            try {
                return Future.succeededFuture(LogPages.read(body.getBytes()));
            } catch (IllegalArgumentException e) {
                String why = "the controller's page of the log is not understood: " + e.getMessage();
                return Future.failedFuture(new Refusal(RefusalKind.ENGINE_ERROR, why));
            }
        });
    }

    private static String path(String container) {
        return "/container/" + ControllerRest.encode(container) + "/logs";
    }
}
