package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.wire.LoadQueries;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The past load of a remote controller's containers, over its REST interface. Owned by its {@link RemoteController}, on the
 * uplink's context.
 */
final class RemoteLoad {

    /** The feature of a controller that keeps it. */
    private static final String FEATURE = "stats_history";

    private final ControllerRest rest;

    /** The controller's id on this bus. */
    private final String controller;

    /** Whether the connected controller keeps it. */
    private boolean kept;

    RemoteLoad(ControllerRest rest, String controller) {
        this.rest = rest;
        this.controller = controller;
    }

    /** @param features of the connected controller */
    void connected(List<String> features) {
        kept = features.contains(FEATURE);
    }

    Future<LoadHistory> history(AskLoadHistory question) {
        String path = "/container/" + ControllerRest.encode(question.container()) + "/stats/history";
        return get(
                path + LoadQueries.write(question), LoadHistory.class, history -> history.withController(controller));
    }

    Future<RecentLoad> recent(AskRecentLoad question) {
        return get("/stats/history", RecentLoad.class, recent -> recent.withController(controller));
    }

    private <T> Future<T> get(String path, Class<T> type, UnaryOperator<T> named) {
        if (!kept) {
            String why = "controller " + controller + " keeps no load history";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return rest.get(path).compose(body -> read(body, type)).map(named);
    }

    private static <T> Future<T> read(Buffer body, Class<T> type) {
        try {
            return Future.succeededFuture(WireJson.read(body.getBytes(), type));
        } catch (UncheckedIOException e) {
            String why = "the controller's load history cannot be read: " + e.getMessage();
            return Future.failedFuture(new Refusal(RefusalKind.ENGINE_ERROR, why));
        }
    }
}
