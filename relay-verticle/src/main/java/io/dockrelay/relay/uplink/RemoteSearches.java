package io.dockrelay.relay.uplink;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.CloseSearch;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.PullSearch;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.search.SearchParameters;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.timers.Leases;

/**
 * Searches over a controller's REST interface. A search that is not pulled for its lease ends. Owned by its {@link
 * RemoteController}, on the uplink's context.
 */
final class RemoteSearches {

    /** The feature of a controller that searches. */
    private static final String FEATURE = "search";

    private final Vertx vertx;
    private final ControllerRest rest;
    private final String controller;
    private final Leases<RemoteSearch> open;

    /** Whether the controller searches, as of its last connection. */
    private boolean able;

    RemoteSearches(Vertx vertx, ControllerRest rest, String controller) {
        this.vertx = vertx;
        this.rest = rest;
        this.open = new Leases<>(vertx, "search", PullSearch.LEASE, RemoteSearch::close);
        this.controller = controller;
    }

    void connected(List<String> features) {
        able = features.contains(FEATURE);
    }

    Future<SearchOpened> open(OpenSearch request) {
        if (!able) {
            String why = "controller " + controller + " is of a version that does not search";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return rest.stream(path(request)).map(response -> {
            open.put(request.search(), new RemoteSearch(vertx, response));
            return new SearchOpened(request.scope().containers().size());
        });
    }

    Future<SearchPart> pull(PullSearch request) {
        RemoteSearch found = open.use(request.search());
        if (found == null) {
            String why = "there is no such search, or it has ended";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        if (!request.wanted()) {
            return Future.succeededFuture(SearchPart.none(SearchItem.Progress.NONE));
        }
        return found.pull()
                .onSuccess(part -> {
                    if (part.end() != null) {
                        open.end(request.search());
                    }
                })
                .onFailure(lost -> open.end(request.search()));
    }

    Future<Acknowledged> close(CloseSearch request) {
        open.end(request.search());
        return Future.succeededFuture(new Acknowledged());
    }

    /** Ends all searches. */
    void close() {
        open.endAll();
    }

    private static String path(OpenSearch request) {
        List<String> containers = request.scope().containers();
        if (containers.size() != 1) {
            return "/containers/logs/search?" + SearchParameters.write(request.scope(), request.query());
        }
        String parameters = SearchParameters.write(new SearchScope(List.of(), null), request.query());
        return "/container/" + ControllerRest.encode(containers.getFirst()) + "/logs/search?" + parameters;
    }
}
