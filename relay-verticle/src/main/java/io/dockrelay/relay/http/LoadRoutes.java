package io.dockrelay.relay.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LoadQueries;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

/** Routes of the past load: of one container, and the last hour of all. On the relay's context. */
final class LoadRoutes {

    /** A controller that takes longer is left out of the list. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final RelayState state;
    private final Bus bus;

    /** The answer to {@code GET /api/stats/history}. */
    private record AllRecent(List<RecentLoad> controllers) {}

    LoadRoutes(RelayState state, Bus bus) {
        this.state = state;
        this.bus = bus;
    }

    void mount(Router router) {
        JsonAnswers.readable(router, "/api/container/:name/stats/history").handler(this::history);
        JsonAnswers.readable(router, "/api/stats/history").handler(this::recent);
    }

    private void history(RoutingContext context) {
        try {
            RelayQuery query = new RelayQuery(context.queryParams()::get);
            AskLoadHistory question = LoadQueries.read(ContainerRoutes.nameIn(context), context.queryParams()::get);
            Caller caller = state.caller(context);
            String controller = caller.view().current(query.text("controller"));
            HistorySource source = HistorySource.of(caller, controller, question.container());
            ask(source, question, context);
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    private void ask(HistorySource source, AskLoadHistory question, RoutingContext context) {
        var named = new AskLoadHistory(source.container(), question.since(), question.until(), question.stepMs());
        bus.ask(Addresses.loadHistory(source.controller()), named)
                .onSuccess(history -> JsonAnswers.send(context, 200, history))
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    private void recent(RoutingContext context) {
        FleetView view = state.caller(context).view();
        List<Future<RecentLoad>> asked = view.links(state.clock().instant()).stream()
                .map(ControllerLink::controller)
                .filter(view::reachable)
                .map(controller -> recent(controller, view))
                .toList();
        Future.join(asked)
                .onSuccess(all -> {
                    List<RecentLoad> known = all.<RecentLoad>list().stream()
                            .filter(Objects::nonNull)
                            .toList();
                    JsonAnswers.send(context, 200, new AllRecent(known));
                })
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    /** Null from a controller that keeps no history, does not answer, or has nothing that the caller may have. */
    private Future<RecentLoad> recent(String controller, FleetView view) {
        return bus.ask(Addresses.recentLoad(controller).within(ANSWERS_WITHIN), new AskRecentLoad())
                .map(load -> permitted(load, view))
                .otherwise(refused -> null);
    }

    private static RecentLoad permitted(RecentLoad load, FleetView view) {
        List<RecentLoad.Item> items = load.items().stream()
                .filter(item -> view.mayNamed(Permission.STATS, load.controller(), item.container()))
                .toList();
        boolean nothing = items.isEmpty() && !view.rights().mayAtHost(Permission.STATS, load.controller());
        return nothing ? null : new RecentLoad(load.controller(), load.since(), load.stepMs(), load.host(), items);
    }
}
