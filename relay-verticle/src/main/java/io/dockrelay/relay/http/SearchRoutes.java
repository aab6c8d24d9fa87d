package io.dockrelay.relay.http;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.search.SearchAnswers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.SearchParameters;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.relay.search.FleetScope;
import io.dockrelay.relay.search.FleetSearch;
import io.dockrelay.relay.view.Caller;

/** Searches in stored logs: of one container, of several, of a project, of all hosts. On the relay's context. */
final class SearchRoutes {

    /** The most searches at a time: each holds up to a few megabytes of hits. */
    private static final int MAX_SEARCHES = 32;

    private final Vertx vertx;
    private final RelayState state;
    private final OpenTransfers transfers;
    private final Bus bus;
    private final SearchAnswers answers;

    private int running;

    SearchRoutes(Vertx vertx, RelayState state, Bus bus, OpenTransfers transfers) {
        this.vertx = vertx;
        this.state = state;
        this.transfers = transfers;
        this.bus = bus;
        this.answers = new SearchAnswers(vertx);
    }

    void mount(Router router) {
        router.get("/api/container/:name/logs/search")
                .handler(context -> search(context, new SearchScope(List.of(context.pathParam("name")), null)));
        router.get("/api/containers/logs/search").handler(this::searchSeveral);
    }

    private void searchSeveral(RoutingContext context) {
        try {
            search(context, SearchParameters.scope(SearchAnswers.parameters(context)));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void search(RoutingContext context, SearchScope scope) {
        try {
            SearchQuery query = SearchParameters.query(SearchAnswers.parameters(context));
            if (running >= MAX_SEARCHES) {
                throw new Refusal(
                        RefusalKind.TOO_MANY_SUBSCRIPTIONS, MAX_SEARCHES + " searches run already; try again later");
            }
            String controller = new RelayQuery(context.queryParams()::get).text("controller");
            Caller caller = state.caller(context);
            FleetScope parts = FleetScope.of(caller, scope, controller);
            // Which logs a search reads is decided at its beginning, by the rights of then.
            transfers.add(
                    context, caller, view -> view.rights().equals(caller.view().rights()));
            running++;
            Future<Void> ended = answers.send(context, FleetSearch.open(vertx, bus, parts, query, caller.view()));
            ended.onComplete(over -> running--);
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }
}
