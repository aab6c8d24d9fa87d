package io.dockrelay.relay.uplink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
import io.dockrelay.protocol.timers.Timeout;

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
    private final Map<String, Open> open = new HashMap<>();

    /** Whether the controller searches, as of its last connection. */
    private boolean able;

    /** A search, and the timeout that ends it when it is not pulled. */
    private record Open(RemoteSearch search, Timeout lease) {}

    RemoteSearches(Vertx vertx, ControllerRest rest, String controller) {
        this.vertx = vertx;
        this.rest = rest;
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
            var opened = new Open(new RemoteSearch(vertx, response), new Timeout(vertx));
            open.put(request.search(), opened);
            renew(request.search(), opened);
            return new SearchOpened(request.scope().containers().size());
        });
    }

    Future<SearchPart> pull(PullSearch request) {
        Open found = open.get(request.search());
        if (found == null) {
            String why = "there is no such search, or it has ended";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        renew(request.search(), found);
        if (!request.wanted()) {
            return Future.succeededFuture(SearchPart.none(SearchItem.Progress.NONE));
        }
        return found.search()
                .pull()
                .onSuccess(part -> {
                    if (part.end() != null) {
                        end(request.search());
                    }
                })
                .onFailure(lost -> end(request.search()));
    }

    Future<Acknowledged> close(CloseSearch request) {
        end(request.search());
        return Future.succeededFuture(new Acknowledged());
    }

    /** Ends all searches. */
    void close() {
        List.copyOf(open.keySet()).forEach(this::end);
    }

    private void renew(String id, Open renewed) {
        renewed.lease().start(PullSearch.LEASE, () -> end(id));
    }

    private void end(String id) {
        Open gone = open.remove(id);
        if (gone != null) {
            gone.lease().cancel();
            gone.search().close();
        }
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
